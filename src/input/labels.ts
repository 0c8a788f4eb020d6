import type { Kind } from "./kinds.ts";

/** The label of a CRL (RFC 7468 section 6). Generators must not write any other label. */
export const crlLabel = "X509 CRL";

const crlLabels: ReadonlySet<string> = new Set([crlLabel, "CRL", "CERTIFICATE REVOCATION LIST"]);

/** Whether a label announces a CRL: the correct label, or one of the old ones. */
export function isCrlLabel(label: string): boolean {
  return crlLabels.has(label);
}

const certificateLabels: ReadonlySet<string> = new Set(["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]);

/** Whether a label announces a CRL or a certificate. */
export function isObjectLabel(label: string): boolean {
  return isCrlLabel(label) || certificateLabels.has(label);
}

/** Returns the kind that a label states, for content whose shape does not show it; undefined for unknown labels. */
export function kindOfLabel(label: string): Kind | undefined {
  if (label.includes("PRIVATE KEY")) return "private-key";
  if (label.startsWith("PGP ")) return "pgp";
  if (label.endsWith("PARAMETERS")) return "parameters";
  if (label.endsWith("PUBLIC KEY")) return "public-key";
  if (label === "PKCS7" || label === "CMS" || label === "PKCS #7 SIGNED DATA") return "pkcs7";
  return undefined;
}
