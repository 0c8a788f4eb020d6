import type { Counterparts } from "./expectations.ts";

/** The test CRLs are from 2022, earlier than most requirements of the lints; all CRLs of that CA are partitions. */
const ofPartition = { allDates: true, completeness: "partitioned" } as const;
const ofFullCrl = { allDates: true, completeness: "full" } as const;

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
const notRecommended = ["extension/not-recommended"];
const validityRules = [
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
  lint_crl_no_critical_reason_codes: { rules: ["reason/critical"], options: ofPartition },
  lint_crl_has_no_aia: { rules: notRecommended, options: ofPartition },
  lint_crl_is_not_delta: { rules: notRecommended, options: ofPartition },
  lint_crl_has_no_cert_issuers: {
    rules: ["certificate-issuer/without-indirect", "idp/indirect-crl"],
    options: ofPartition,
  },
  lint_crl_has_aki: {
    rules: ["aki/missing", "extension/list-missing", "aki/key-identifier-missing", "aki/empty"],
    options: ofPartition,
  },
  lint_crl_has_issuer_name: { rules: ["issuer/empty"], options: ofPartition },
  lint_crl_has_number: {
    rules: ["crl-number/missing", "crl-number/critical", "crl-number/too-long", "crl-number/negative"],
    options: ofPartition,
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
    options: ofPartition,
  },
  lint_crl_no_empty_revoked_certificates_list: { rules: ["entry/list-empty"], options: ofPartition },
  lint_crl_has_idp: { rules: idp, options: ofPartition },
  "lint_crl_has_idp crl_good_subordinate_ca.pem": { rules: idp, options: ofFullCrl },
  "lint_crl_has_idp crl_long_validity_distributionPoint_and_subordinate_ca.pem": { rules: idp, options: ofFullCrl },
  lint_crl_validity_period: { rules: validityRules, options: ofPartition },
  // Without the extension, this lint cannot determine the scope, and reports that it is missing.
  "lint_crl_validity_period crl_negative_validity.pem": { rules: ["idp/missing-on-partition"], options: ofPartition },
};

/** Disagreements between boulder and crllint, each with the sentence that supports crllint. */
export const boulderDisagreements: Readonly<Record<string, string>> = {
  "lint_crl_has_idp crl_idp_https.pem":
    "RFC 5280 8: SHOULD NOT, so a warning; TLS BR 7.1.2.11.2 requires http in certificates, and 7.2.2.1 only one URI in common with them",
  "lint_crl_has_idp crl_idp_no_usercerts.pem":
    "TLS BR 7.2.2.1: either flag MAY be set; the MUST of RFC 5280 5.2.5 depends on the scope that the CA declares: a notice",
  "lint_crl_has_idp crl_idp_two_uris.pem":
    "RFC 5280 4.2.1.13: several names of one distribution point lead to the same CRL",
  "lint_crl_has_idp crl_long_validity_distributionPoint_and_subordinate_ca.pem":
    "TLS BR 7.2.2.1: a partitioned CRL MUST have a distributionPoint, for any scope",
};
