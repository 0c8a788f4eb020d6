import type { Counterparts } from "./expectations.ts";

const allDates = { allDates: true } as const;

/** Every reasonCode that zlint's CA/Browser Forum lint does not allow in the CRL of a subscriber CA. */
const reasons = [
  "reason/unspecified",
  "reason/ca-compromise-on-subscriber",
  "reason/certificate-hold",
  "reason/value-7",
  "reason/remove-from-crl-in-full",
  "reason/not-permitted",
  "reason/weak-algorithm",
  "reason/undefined-value",
];

const validityRules = ["time/subscriber-next-update-beyond-10-days", "time/ca-next-update-beyond-12-months"];
/** In zlint, the configuration defines the scope of the CRL; `sub1` in a file name stands for subscriber certificates. */
const subscriber = { rules: validityRules, options: { scope: "subscriber" } } as const;
const ca = { rules: validityRules, options: { scope: "ca" } } as const;

export const zlint: Counterparts = {
  e_crl_has_next_update: { rules: ["time/next-update-missing"], profile: "rfc5280" },
  e_cab_crl_reason_code_not_critical: { rules: ["reason/critical"] },
  e_crl_revoked_certificates_field_must_be_empty: { rules: ["entry/list-empty"], profile: "rfc5280" },
  e_crl_empty_revoked_certificates: { rules: ["entry/list-empty"], profile: "rfc5280" },
  e_cab_crl_has_valid_reason_code: { rules: reasons, options: { scope: "subscriber" } },
  e_crl_has_valid_reason_code: {
    rules: ["reason/unspecified", "reason/value-7", "reason/undefined-value"],
    profile: "rfc5280",
  },
  e_crl_has_authority_key_identifier: { rules: ["aki/missing", "extension/list-missing"], profile: "rfc5280" },
  e_crl_auth_key_id_only_contains_keyid: {
    rules: ["aki/key-identifier-missing", "aki/empty", "aki/issuer-serial-present", "aki/issuer-serial-pair"],
  },
  e_crl_revoked_certificate_crl_entry_has_no_duplicate_extensions: {
    rules: ["entry-extension/duplicate"],
    profile: "rfc5280",
  },
  e_crl_unique_revoked_certificate: { rules: ["entry/serial-listed-twice"], profile: "rfc5280" },
  e_crl_no_duplicate_extensions: { rules: ["extension/duplicate"], profile: "rfc5280" },
  e_crl_missing_crl_number: { rules: ["crl-number/missing", "extension/list-missing"], profile: "rfc5280" },
  e_crl_number_out_of_range: {
    rules: ["crl-number/missing", "crl-number/negative", "crl-number/too-long"],
    profile: "rfc5280",
  },
  e_crl_next_update_invalid: ca,
  "e_crl_next_update_invalid crl_nextupdate_nup1_sub1_len0_eff0.pem": subscriber,
  "e_crl_next_update_invalid crl_nextupdate_nup1_sub1_len1_eff0.pem": subscriber,
  "e_crl_next_update_invalid crl_nextupdate_nup1_sub1_len1_eff1.pem": subscriber,
  e_crl_revocation_date_too_early: { rules: ["entry/revocation-date-implausible"], profile: "rfc5280" },
  e_crl_revocation_time_after_this_update: {
    rules: ["entry/revocation-date-after-this-update", "entry/revocation-date-after-next-update"],
    profile: "rfc5280",
  },
  e_crl_sigalgo_missing_null_params: { rules: ["algorithm/rsa-parameters-not-null"], profile: "rfc5280" },
  e_crl_extensions_validity: {
    rules: [
      "extension/not-recommended",
      "extension/belongs-to-certificate",
      "extension/unknown",
      "extension/unknown-critical",
      "other-extension/legacy-vendor",
      "aki/critical",
      "crl-number/critical",
      "idp/not-critical",
    ],
    options: allDates,
  },
};

/** Disagreements between zlint and crllint, each with the sentence that supports crllint. */
export const zlintDisagreements: Readonly<Record<string, string>> = {
  "e_cab_crl_has_valid_reason_code crlWithReasonCode0.pem":
    "TLS BR 7.2.2, CRLReasons: an entry revoked before 2023-07-15 is exempt, and the date in this one is in year 1; by RFC 5280 5.3.1 it is a warning",
  "e_cab_crl_has_valid_reason_code crlWithReasonCode2.pem":
    "TLS BR 7.2.2 applies to revocations from 2020-09-30, and the date in this one is in year 1; by X.509 it is a warning",
  "e_crl_next_update_invalid crl_nextupdate_nup1_sub0_len1_eff0.pem":
    "TLS BR 4.9.7, now 7.2: the limit applies from 2012-07-01, not from the day on which it moved to 7.2",
  "e_crl_next_update_invalid crl_nextupdate_nup1_sub1_len1_eff0.pem":
    "TLS BR 4.9.7, now 7.2: the limit applies from 2012-07-01, not from the day on which it moved to 7.2",
  "e_crl_revocation_date_too_early crl_revocation_date_too_early.pem":
    "RFC 5280 5.1.2.6 sets no earliest date: a warning",
  "e_crl_revocation_time_after_this_update crl_revocation_time_after_this_update.pem":
    "RFC 5280 5.1.2.6 does not limit revocationDate by thisUpdate: a warning, up to nextUpdate",
  "e_crl_sigalgo_missing_null_params crl_rsa_sha256_nul0_eff0.pem":
    "RFC 4055 5, of June 2005: the parameters MUST be NULL; zlint applies it from the date of RFC 5280, a month after this CRL",
};
