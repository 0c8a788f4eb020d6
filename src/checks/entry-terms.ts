import type { Requirement } from "../rule/rule.ts";

// Requirements on how long the entry of a certificate stays. Several rules apply each.

/** CS BR 7.2: an entry stays for 10 years after the expiry. */
export const tenYearsAfterExpiry: Requirement = {
  source: "cs-br",
  section: "7.2",
  severity: "error",
  quote:
    "The serial number of a revoked Certificate MUST remain on the CRL for at least 10 years after the expiration of the Certificate.",
};

/** RFC 6487 5: an entry goes when its certificate expires, which is earlier than by RFC 5280 3.3. */
export const onlyUnexpired: Requirement = {
  source: "rpki",
  section: "5",
  // Only a warning: the sentence has no "MUST", and RFC 5280 3.3 keeps an entry on one CRL after the expiry.
  severity: "warning",
  quote: "The contents of the CRL are a list of all non-expired certificates that have been revoked by the CA.",
};
