import type { Requirement } from "../rule/rule.ts";

/** RFC 5280 5.2.1, which an authorityKeyIdentifier without a usable keyIdentifier violates. */
export const keyIdentifierMethod: Requirement = {
  source: "rfc5280",
  section: "5.2.1",
  severity: "error",
  quote: "Conforming CRL issuers MUST use the key identifier method",
};

/** TLS BR 7.1.2.11.1, applied to CRLs by 7.2.2: keyIdentifier must be present, and be the Issuing CA's. */
export const tlsKeyIdentifier: Requirement = {
  source: "tls-br",
  section: "7.1.2.11.1",
  severity: "error",
  from: "2024-03-15",
  quote: "MUST be present. MUST be identical to the `subjectKeyIdentifier` field of the Issuing CA.",
};

/** TLS BR 7.1.2.11.1, table: authorityCertIssuer and authorityCertSerialNumber MUST NOT be present. */
export const tlsKeyIdentifierOnly: Requirement = {
  source: "tls-br",
  section: "7.1.2.11.1",
  severity: "error",
  from: "2024-03-15",
};

/** RFC 6487 4.8.3, applied to CRLs by section 5: keyIdentifier only. */
export const rpkiKeyIdentifierOnly: Requirement = { source: "rpki", section: "4.8.3", severity: "error" };
