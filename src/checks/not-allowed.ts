import type { Requirement } from "../rule/rule.ts";

// Sentences that forbid or advise against whole groups of extensions. Rules with advice on one of these extensions leave
// it to the rules that report the extension itself.

/** extension/rpki-not-allowed reports all extensions of a CRL but authorityKeyIdentifier and cRLNumber. */
export const rpkiNoOtherExtension: Requirement = {
  source: "rpki",
  section: "5",
  severity: "error",
  quote: "No other CRL extensions are allowed.",
};

/** entry/rpki-fields reports all extensions of entries. */
export const rpkiNoEntryExtensions: Requirement = {
  source: "rpki",
  section: "5",
  severity: "error",
  quote: "CRL entry extensions MUST NOT be present in a CRL",
};

/**
 * extension/icao-not-allowed and entry-extension/icao-not-allowed report the extensions that Table 10 marks as "do not
 * use", which 7.1 defines.
 */
export const icaoNotUsed: Requirement = {
  source: "icao",
  section: "7.1, 7.1.4 table 10",
  severity: "error",
  quote: "the field MUST NOT be present",
};

/** The sentences that forbid issuingDistributionPoint. */
export const idpNotAllowed: readonly Requirement[] = [rpkiNoOtherExtension, icaoNotUsed];

/** The row "Any other extension" of the table of CRL extensions: NOT RECOMMENDED. */
export const anyOtherExtension: Requirement = {
  source: "tls-br",
  section: "7.2.2",
  severity: "warning",
  from: "2024-03-15",
};
