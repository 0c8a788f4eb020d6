import type { Requirement } from "../rule/rule.ts";

// Limits on the validity of a CRL. time/validity-very-long reports nothing if one of them decides.

/** time/timestamp-next-update-beyond-12-months. */
export const timestampLimit: Requirement = {
  source: "cs-br",
  section: "4.9.7",
  severity: "error",
  quote:
    "the value of the `nextUpdate` field MUST NOT be more than twelve months beyond the value of the `thisUpdate` field",
};

/** time/etsi-ca-crl-beyond-1-year. */
export const etsiCaLimit: Requirement = {
  source: "etsi",
  section: "6.3.9 CSS-6.3.9-12",
  severity: "error",
  quote:
    "a new CARL shall be generated at least once a year with a nextUpdate of at most 1 year after the issuing date.",
};

/** time/fpki-next-update-limit. */
export const fpkiLimit: Requirement = {
  source: "fpki",
  document: "fpki-common",
  section: "4.9.7",
  severity: "warning",
};
