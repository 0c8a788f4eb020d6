import type { Requirement } from "../rule/rule.ts";

/**
 * Requirements that list five reasons: keyCompromise, affiliationChanged, superseded, cessationOfOperation,
 * privilegeWithdrawn.
 */
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
    document: "mrsp-2.8",
    section: "6.1.1",
    severity: "error",
    from: "2022-10-01",
    // 2.9 of 2023-09-01 states which reason to include, but no longer forbids others.
    to: "2023-08-31",
    quote: "When the CRLReason code is not one of the following, then the reasonCode extension MUST NOT be provided",
  },
];
