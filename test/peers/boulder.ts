import type { Counterparts } from "./expectations.ts";

/** The vectors are from 2022, earlier than most requirements of the lints; all CRLs of that CA are shards. */
const shard = { allDates: true, completeness: "partitioned" } as const;
const ofCa = { allDates: true, completeness: "full" } as const;

const idp = [
  "idp/missing-on-partition",
  "idp/multiple-contains-flags",
  "idp/full-name-missing",
  "idp/full-name-empty",
  "idp/only-contains-user-certs-required",
  "idp/only-contains-ca-certs-required",
  "general-name/https-uri",
  "structure/extension",
];
const others = ["extension/not-recommended"];
const terms = [
  "time/next-update-not-after-this-update",
  "time/subscriber-next-update-beyond-10-days",
  "time/ca-next-update-beyond-12-months",
];

export const boulder: Counterparts = {
  lint_crl_acceptable_reason_codes: {
    rules: [
      "reason/unspecified",
      "reason/ca-compromise-on-subscriber",
      "reason/certificate-hold",
      "reason/value-7",
      "reason/remove-from-crl-in-full",
      "reason/not-permitted",
      "reason/weak-algorithm",
      "reason/undefined-value",
    ],
    options: { allDates: true, scope: "subscriber" },
  },
  lint_crl_no_critical_reason_codes: { rules: ["reason/critical"], options: shard },
  lint_crl_has_no_aia: { rules: others, options: shard },
  lint_crl_is_not_delta: { rules: others, options: shard },
  lint_crl_has_no_cert_issuers: { rules: ["certificate-issuer/without-indirect", "idp/indirect-crl"], options: shard },
  lint_crl_has_aki: {
    rules: ["aki/missing", "extension/list-missing", "aki/key-identifier-missing", "aki/empty"],
    options: shard,
  },
  lint_crl_has_issuer_name: { rules: ["issuer/empty"], options: shard },
  lint_crl_has_number: {
    rules: ["crl-number/missing", "crl-number/critical", "crl-number/too-long", "crl-number/negative"],
    options: shard,
  },
  lint_crl_has_valid_timestamps: {
    rules: [
      "time/this-update-time-type",
      "time/next-update-time-type",
      "time/revocation-date-time-type",
      "time/utc-time-form",
      "time/generalized-time-form",
      "der/time-seconds-missing",
      "der/time-not-z",
    ],
    options: shard,
  },
  lint_crl_no_empty_revoked_certificates_list: { rules: ["entry/list-empty"], options: shard },
  lint_crl_has_idp: { rules: idp, options: shard },
  "lint_crl_has_idp crl_good_subordinate_ca.pem": { rules: idp, options: ofCa },
  "lint_crl_has_idp crl_long_validity_distributionPoint_and_subordinate_ca.pem": { rules: idp, options: ofCa },
  lint_crl_validity_period: { rules: terms, options: shard },
  // Without the extension, this lint cannot determine the scope, and reports that it is missing.
  "lint_crl_validity_period crl_negative_validity.pem": { rules: ["idp/missing-on-partition"], options: shard },
};

/** Disagreements between boulder and crllint, and the sentence that decides them. */
export const boulderDisagreements: Readonly<Record<string, string>> = {
  "lint_crl_has_idp crl_idp_https.pem":
    "RFC 5280 8: SHOULD NOT, so a warning; TLS BR 7.1.2.11.2 wants http in certificates, 7.2.2.1 only one URI in common with them",
  "lint_crl_has_idp crl_idp_no_usercerts.pem":
    "TLS BR 7.2.2.1: either flag MAY be set; the MUST of RFC 5280 5.2.5 hangs on the scope that the CA declares: a notice",
  "lint_crl_has_idp crl_idp_two_uris.pem":
    "RFC 5280 4.2.1.13: several names of one distribution point are several ways to the same CRL",
  "lint_crl_has_idp crl_long_validity_distributionPoint_and_subordinate_ca.pem":
    "TLS BR 7.2.2.1: a partitioned CRL MUST have a distributionPoint, whatever certificates it covers",
};
