/** Rules of the catalogue that are part of another one here, and which; their requirements are cited there. */
export const mergedInto: ReadonlyMap<string, string> = new Map([
  // One check whose sources grade it: the engine takes the gravest of those that are active.
  ["algorithm/ecdsa-curve-hash-recommended", "algorithm/ecdsa-curve-hash-mismatch"],
  ["algorithm/eddsa-key-mismatch", "algorithm/key-type-mismatch"],
  ["algorithm/mldsa-key-mismatch", "algorithm/key-type-mismatch"],
  // The same octets as the missing version: one finding.
  ["extension/needs-v2", "structure/version-missing"],
  // These extensions are not fields of the issuingDistributionPoint.
  ["idp/gsma-partial", "other-extension/gsma-partial"],
  ["other-extension/entrust-netscape-extension", "other-extension/legacy-vendor"],
]);

/** Rules of the catalogue that are left out on purpose, and why. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ["delta/only-critical-path", "advice on how a CA publishes: one delta CRL does not show it, and it would fire on every delta"],
]);
