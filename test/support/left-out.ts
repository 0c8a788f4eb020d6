/** Rules of the catalogue that are part of another rule, by id. The other rule cites their requirements. */
export const mergedInto: ReadonlyMap<string, string> = new Map([
  // One check whose severity depends on the source: the engine uses the highest severity in force.
  ["algorithm/ecdsa-curve-hash-recommended", "algorithm/ecdsa-curve-hash-mismatch"],
  ["algorithm/eddsa-key-mismatch", "algorithm/key-type-mismatch"],
  ["algorithm/mldsa-key-mismatch", "algorithm/key-type-mismatch"],
  ["input/microsoft-too-large", "input/very-large"],
  ["time/last-crl-next-update", "time/next-update-missing"],
  ["ca/rpki-different-key", "ca/crl-signer-different-key"],
  // A precertificate must be listed like any certificate when it is revoked.
  ["certs/precertificate", "certs/revoked-not-listed"],
  // The missing version is the same defect: one finding.
  ["extension/needs-v2", "structure/version-missing"],
  ["entry-extension/needs-v2", "structure/version-missing"],
  // ETSI accepts X.509 or RFC 5280. A CRL that conforms to neither violates the ASN.1 that both share.
  ["structure/neither-rfc5280-nor-x509", "structure/tbs-cert-list"],
  // These extensions are not fields of the issuingDistributionPoint, and not only Entrust's and Netscape's.
  ["idp/gsma-partial", "other-extension/gsma-partial"],
  ["other-extension/entrust-netscape-extension", "other-extension/legacy-vendor"],
  // The same removed entries: only the previous CRL shows that they were revoked.
  ["sequence/revoked-entry-missing", "sequence/entry-removed-early"],
  // Only the issuingDistributionPoint shows whether base CRL and delta CRL have the same scope.
  ["freshest-crl/scope-differs", "delta/idp-differs"],
]);

/** Rules of the catalogue that are omitted on purpose, with the reason. */
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
    "can never be the only finding: RFC 5280 forbids every fraction, and time/time-fraction reports them in all times",
  ],
  ["input/unsigned", "every report lists the rules that --tbs omits, as rules that are not applicable"],
  [
    "reason/fpki-compromise-not-stated",
    "an absent reasonCode does not show that the reason was a compromise; reason/unspecified reports a present one",
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
