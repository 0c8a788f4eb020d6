import type { Extension } from "./extension.ts";
import { isKnownExtension, Oid } from "./oids.ts";

/**
 * Place where an extension belongs; `legacy` for extensions that old vendor software wrote into CRLs and certificates.
 */
export type ExtensionHome = "crl" | "entry" | "certificate" | "legacy";

const entryExtensions: ReadonlySet<string> = new Set([
  Oid.reasonCode,
  Oid.holdInstructionCode,
  Oid.invalidityDate,
  Oid.certificateIssuer,
]);

const certificateExtensions: ReadonlySet<string> = new Set([
  "2.5.29.9", // subjectDirectoryAttributes
  Oid.subjectKeyIdentifier,
  Oid.keyUsage,
  "2.5.29.16", // privateKeyUsagePeriod
  Oid.subjectAltName,
  Oid.basicConstraints,
  "2.5.29.30", // nameConstraints
  Oid.crlDistributionPoints,
  Oid.certificatePolicies,
  "2.5.29.33", // policyMappings
  "2.5.29.36", // policyConstraints
  Oid.extKeyUsage,
  "2.5.29.54", // inhibitAnyPolicy
  "2.5.29.56", // noRevAvail
  "2.5.29.72", // subjectAltPublicKeyInfo
  "1.3.6.1.5.5.7.1.3", // qcStatements
  "1.3.6.1.5.5.7.1.11", // subjectInfoAccess
  "1.3.6.1.5.5.7.1.24", // TLS feature
  "1.3.6.1.4.1.11129.2.4.2", // signed certificate timestamps
]);

/** Entrust's version information, and the arc of Netscape's certificate extensions. */
const entrustVersion = "1.2.840.113533.7.65.0";
const netscapeArc = "2.16.840.1.113730.1.";

/** Returns where an extension with this object identifier belongs; undefined if crllint does not know it. */
export function extensionHome(oid: string): ExtensionHome | undefined {
  if (oid === entrustVersion || oid.startsWith(netscapeArc)) return "legacy";
  if (entryExtensions.has(oid)) return "entry";
  if (certificateExtensions.has(oid)) return "certificate";
  return isKnownExtension(oid) ? "crl" : undefined;
}

/**
 * Extensions whose criticality has its own rule: those of RFC 5280 5.2, and the two of X.509 that clients ignore if
 * they do not know them.
 */
const judgedByOwnRule: ReadonlySet<string> = new Set([
  Oid.issuerAltName,
  Oid.authorityKeyIdentifier,
  Oid.crlNumber,
  Oid.deltaCrlIndicator,
  Oid.issuingDistributionPoint,
  Oid.freshestCrl,
  Oid.authorityInfoAccess,
  Oid.expiredCertsOnCrl,
  "2.5.29.53", // deltaInfo
]);

/** Whether an extension is critical, but not one that a client of RFC 5280 can process (RFC 5280 5.2). */
export function isUnprocessable({ oid, critical }: Extension): boolean {
  return critical && oid !== undefined && !judgedByOwnRule.has(oid);
}
