import type { Requirement } from "../rule/rule.ts";

/** The documents that list five reasons: keyCompromise, affiliationChanged, superseded, cessationOfOperation, privilegeWithdrawn. */
export const fiveReasons: readonly Requirement[] = [
  // A table that is not declared exhaustive.
  { source: "tls-br", section: "7.2.2 CRLReasons", severity: "warning", from: "2024-03-15" },
  {
    source: "tls-br",
    document: "tls-br-1.8.7",
    section: "7.2.2",
    severity: "error",
    from: "2023-07-15",
    to: "2024-03-14",
    quote: "Only the following CRLReasons MAY be present in the CRL `reasonCode` extension",
  },
  {
    source: "mozilla",
    section: "6.1.1",
    severity: "error",
    from: "2022-10-01",
    datedBy: "revocationDate",
    quote:
      "the specified CRLReason MUST be included in the reasonCode extension of the CRL entry corresponding to the end entity TLS certificate",
  },
];
