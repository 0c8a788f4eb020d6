import type { Counterparts } from "./expectations.ts";

const allDates = { allDates: true } as const;
const parts = { allDates: true, completeness: "partitioned" } as const;

/** Counterparts of pkilint's findings. */
export const pkilint: Counterparts = {
  e_crl_revoked_certificates_field_must_be_empty: { rules: ["entry/list-empty"], profile: "rfc5280" },
  "cabf.crl_prohibited_reason_code": {
    rules: ["reason/unspecified", "reason/unspecified-on-ca-entry"],
    options: allDates,
  },
  "pkix.invalid_uri_syntax": { rules: ["general-name/uri-not-absolute"], profile: "rfc5280" },
  "pkix.crl_negative_validity_period": { rules: ["time/next-update-not-after-this-update"], profile: "rfc5280" },
};

/**
 * Counterparts of tests of rustls-webpki: CRLs that it rejects are invalid or not usable by TLS clients; those that it
 * accepts may be invalid.
 */
export const webpki: Counterparts = {
  parse_valid_crl: { rules: ["structure/tbs-cert-list", "structure/entry", "structure/extension"], options: parts },
  test_borrowed_crl_hash: { rules: ["structure/certificate-list"], options: parts },
  test_crl_authoritative_issuer_mismatch: { rules: ["issuer/empty"], options: parts },
  test_crl_expired: { rules: ["time/expired"], options: { now: new Date("2023-01-01T00:00:00Z") } },
  test_crl_not_expired: { rules: ["time/expired"], options: { now: new Date("2022-10-12T00:00:00Z") } },
  parse_delta_crl: { rules: ["extension/not-recommended"], options: parts },
  parse_empty_crl: { rules: ["entry/list-empty"], profile: "rfc5280" },
  parse_entry_with_empty_exts_seq: { rules: ["entry-extension/list-empty"], profile: "rfc5280" },
  parse_entry_invalid_reason_crl: { rules: ["reason/undefined-value"], profile: "rfc5280" },
  parse_entry_invalidity_date_crl: { rules: ["invalidity-date/form"], profile: "rfc5280" },
  parse_entry_indirect_issuer_crl: { rules: ["certificate-issuer/without-indirect"], profile: "rfc5280" },
  parse_entry_unknown_crit_ext_crl: { rules: ["entry-extension/unknown-critical"], profile: "rfc5280" },
  parse_entry_negative_serial_crl: { rules: ["entry/serial-not-positive"], profile: "rfc5280" },
  parse_entry_without_exts_crl: { rules: ["structure/entry", "entry-extension/list-empty"], profile: "rfc5280" },
  parse_entry_topbit_serial_crl: { rules: ["entry/serial-not-positive", "entry/serial-too-long"], profile: "rfc5280" },
  test_issuing_distribution_explicit_false_bool: { rules: ["der/default-value-encoded"], profile: "rfc5280" },
  test_issuing_distribution_point_indirect: { rules: ["idp/indirect-crl"], options: parts },
  test_issuing_distribution_invalid_bool: { rules: ["der/boolean-true-not-ff"], profile: "rfc5280" },
  test_issuing_distribution_invalid_name: {
    rules: ["structure/extension", "der/sequence-set-must-be-constructed", "general-name/empty"],
    profile: "rfc5280",
  },
  test_issuing_distribution_relative_name: { rules: ["idp/name-relative"], profile: "rfc5280" },
  test_issuing_distribution_no_name: { rules: ["idp/full-name-missing"], options: parts },
  test_issuing_distribution_only_attribute_certs: { rules: ["idp/attribute-certs"], profile: "rfc5280" },
  test_issuing_distribution_point_only_ca_certs: { rules: ["idp/multiple-contains-flags"], profile: "rfc5280" },
  test_issuing_distribution_point_only_user_certs: { rules: ["idp/multiple-contains-flags"], profile: "rfc5280" },
  test_issuing_distribution_only_some_reasons: {
    rules: ["idp/only-some-reasons-recommended-against"],
    profile: "rfc5280",
  },
  test_issuing_distribution_unknown_tag: { rules: ["der/unexpected-element"], profile: "rfc5280" },
  parse_issuing_distribution_point_ext: {
    rules: ["idp/not-critical", "idp/empty-sequence", "idp/full-name-missing", "idp/full-name-empty"],
    options: parts,
  },
  parse_bad_this_update_crl: { rules: ["time/this-update-time-type"], profile: "rfc5280" },
  parse_mismatched_sigalg_crl: { rules: ["algorithm/inner-outer-differ"], profile: "rfc5280" },
  parse_missing_exts_crl: { rules: ["extension/list-missing"], profile: "rfc5280" },
  parse_missing_next_update_crl: { rules: ["time/next-update-missing"], profile: "rfc5280" },
  parse_negative_crl_number_crl: { rules: ["crl-number/negative"], profile: "rfc5280" },
  parse_too_long_crl_number_crl: { rules: ["crl-number/too-long"], profile: "rfc5280" },
  parse_unknown_crit_ext_crl: { rules: ["extension/unknown-critical"], profile: "rfc5280" },
  parse_wrong_version_crl: { rules: ["structure/version-missing", "structure/version-not-v2"], profile: "rfc5280" },
  // Whether a CRL covers a certificate depends on both (RFC 5280 6.3.3 (b)); the CRLs are valid in this respect.
  ee_dp_invalid: { rules: [], profile: "rfc5280" },
  ee_indirect_dp_unknown_status: { rules: [], profile: "rfc5280" },
  ee_nofullname_dp_unknown_status: { rules: [], profile: "rfc5280" },
  ee_reasons_dp_unknown_status: { rules: [], profile: "rfc5280" },
};

/** Disagreements between pkilint or rustls-webpki and crllint, each with the sentence that supports crllint. */
export const clientDisagreements: Readonly<Record<string, string>> = {
  "parse_entry_with_empty_exts_seq crl.entry.empty.ext.seq.der": "RFC 5280 5.1: Extensions ::= SEQUENCE SIZE (1..MAX)",
  "parse_entry_invalidity_date_crl crl.entry.invalidity.date.der":
    "RFC 5280 5.3.2: InvalidityDate ::= GeneralizedTime; this one is a UTCTime",
  "parse_entry_negative_serial_crl crl.negative.serial.der":
    "RFC 5280 4.1.2.2: a serial MUST be positive; handling others gracefully is a requirement on clients, not on CAs",
  "test_issuing_distribution_explicit_false_bool crl.idp.explicit.false.bool.der":
    "X.690 11.5: a value equal to its DEFAULT is not encoded",
  "ee_dp_invalid ee_dp_invalid.crl.der": "RFC 5280 6.3.3 (b): depends on the certificate and the CRL together",
  "ee_indirect_dp_unknown_status ee_indirect_dp_unknown_status.crl.der":
    "RFC 5280 6.3.3 (b): depends on the certificate and the CRL together",
  "ee_nofullname_dp_unknown_status ee_nofullname_dp_unknown_status.crl.der":
    "RFC 5280 6.3.3 (b): depends on the certificate and the CRL together",
  "ee_reasons_dp_unknown_status ee_reasons_dp_unknown_status.crl.der":
    "RFC 5280 6.3.3 (b): depends on the certificate and the CRL together",
};
