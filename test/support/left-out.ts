/** Rules of the catalogue that are part of another one here, and which; their requirements are cited there. */
export const mergedInto: ReadonlyMap<string, string> = new Map([
  // One check whose severity depends on the source: the engine uses the highest that is active.
  ["algorithm/ecdsa-curve-hash-recommended", "algorithm/ecdsa-curve-hash-mismatch"],
  ["algorithm/eddsa-key-mismatch", "algorithm/key-type-mismatch"],
  ["algorithm/mldsa-key-mismatch", "algorithm/key-type-mismatch"],
  ["input/microsoft-too-large", "input/very-large"],
  ["time/last-crl-next-update", "time/next-update-missing"],
  ["ca/rpki-different-key", "ca/crl-signer-different-key"],
  // A precertificate is a certificate like another: it has to be listed when it is revoked.
  ["certs/precertificate", "certs/revoked-not-listed"],
  // The same bytes as the missing version: one finding.
  ["extension/needs-v2", "structure/version-missing"],
  ["entry-extension/needs-v2", "structure/version-missing"],
  // ETSI takes X.509 or RFC 5280: what breaks both is what breaks the ASN.1 that they share.
  ["structure/neither-rfc5280-nor-x509", "structure/tbs-cert-list"],
  // These extensions are not fields of the issuingDistributionPoint, and not only Entrust's and Netscape's.
  ["idp/gsma-partial", "other-extension/gsma-partial"],
  ["other-extension/entrust-netscape-extension", "other-extension/legacy-vendor"],
  // The same entries, gone for the same reason: the previous CRL is what shows that they were revoked.
  ["sequence/revoked-entry-missing", "sequence/entry-removed-early"],
  // What a base CRL with freshestCRL shows of the scope of its delta CRLs is their issuingDistributionPoint.
  ["freshest-crl/scope-differs", "delta/idp-differs"],
]);

/** Rules of the catalogue that are left out on purpose, and why. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  [
    "ca/matter-scope",
    "its comparison of names is issuer/not-byte-identical; the rest needs the chain to the PAA and a text that is not public",
  ],
  [
    "delta/only-critical-path",
    "advice on how a CA publishes: one delta CRL does not show it, and it would fire on every delta CRL",
  ],
  [
    "der/generalized-time-fraction",
    "can never speak alone: RFC 5280 forbids every fraction, which time/time-fraction reports wherever a time is read",
  ],
  [
    "input/unsigned",
    "what --tbs leaves out is in every report by name, as the outcome of the rules that are not applicable",
  ],
  [
    "reason/fpki-compromise-not-stated",
    "an absent reasonCode does not show that the reason was a compromise; what shows is reason/unspecified",
  ],
  [
    "transport/aia-target",
    "checks a certificate, which is fetched from another URL; crllint fetches CRLs, and the rules in aia/ check the URIs",
  ],
  [
    "transport/ccadb-revocation-differs",
    "the public export of the CCADB has neither date nor reason of a revocation to compare with",
  ],
  [
    "transport/dp-names-same-crl",
    "LDAP is not fetched; several URLs of one full CRL are compared by transport/ccadb-full-crl-differs",
  ],
]);
