import { Oid } from "../extension/oids.ts";
import { type Certificate, cRLSign, keyCertSign } from "./certificate.ts";

/**
 * Kind of the holder of a certificate. `infrastructure` is for certificates that a CA issues for its own operation
 * (OCSP responders, signers of CRLs, timestamp units, signers of precertificates). These are neither subscriber
 * certificates nor CA certificates.
 */
export type CertificateKind = "subscriber" | "ca" | "infrastructure" | "unknown";

/** Dotted OIDs of extensions and key purposes that show the kind of a certificate. */
export const CertificateOid = {
  /** id-ce-noRevAvail (RFC 9608). */
  noRevAvail: "2.5.29.56",
  /** The poison extension of a precertificate (RFC 6962 3.1). */
  precertificatePoison: "1.3.6.1.4.1.11129.2.4.3",
  /** The list of a certificate's signed timestamps (RFC 6962 3.3). */
  signedTimestamps: "1.3.6.1.4.1.11129.2.4.2",
  /** qcStatements (RFC 3739 3.2.6). */
  qcStatements: "1.3.6.1.5.5.7.1.3",
  anyExtKeyUsage: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
  /** Purpose of a certificate that signs precertificates instead of the CA (RFC 6962 3.1). */
  precertificateSigning: "1.3.6.1.4.1.11129.2.4.4",
} as const;

const ownWork: ReadonlySet<string> = new Set([
  CertificateOid.timeStamping,
  CertificateOid.ocspSigning,
  CertificateOid.precertificateSigning,
]);

/** Bits of keyUsage that no subscriber certificate has. */
const signing = [keyCertSign, cRLSign];

/**
 * Returns the kind of a certificate, by basicConstraints, extKeyUsage and keyUsage. A certificate of version 1 or 2
 * does not show it (RFC 5280 6.1.4 (k)).
 */
export function kindOf(certificate: Certificate): CertificateKind {
  const { version, basicConstraints, extKeyUsage, keyUsage } = certificate;
  if (basicConstraints?.ca === true) return "ca";
  if (version < 3 || certificate.selfIssued) return "unknown";
  if (basicConstraints === undefined && hasExtension(certificate, Oid.basicConstraints)) return "unknown";
  if (extKeyUsage?.some((purpose) => ownWork.has(purpose)) === true) return "infrastructure";
  return signing.some((bit) => keyUsage?.has(bit) === true) ? "infrastructure" : "subscriber";
}

/** Whether a certificate is a CA certificate (RFC 5280 6.3.3 (b)(2)). */
export function isCa({ basicConstraints }: Certificate): boolean {
  return basicConstraints?.ca === true;
}

/** Whether a certificate is known not to be a CA certificate; false if its basicConstraints cannot be read. */
export function isNotCa(certificate: Certificate): boolean {
  if (certificate.basicConstraints === undefined) return !hasExtension(certificate, Oid.basicConstraints);
  return !certificate.basicConstraints.ca;
}

/** Whether a certificate has an extension, readable or not. */
export function hasExtension({ extensionOids }: Certificate, oid: string): boolean {
  return extensionOids.includes(oid);
}

/**
 * Whether the TLS Baseline Requirements apply to a certificate (1.2, 7.1.2): one for TLS servers, or for a CA that may
 * issue these. A certificate without extKeyUsage counts only if it is that of a CA.
 */
export function isForTls({ extKeyUsage, basicConstraints }: Certificate): boolean {
  if (extKeyUsage === undefined) return basicConstraints?.ca === true;
  if (extKeyUsage.includes(CertificateOid.serverAuth)) return true;
  return basicConstraints?.ca === true && extKeyUsage.includes(CertificateOid.anyExtKeyUsage);
}

/** Whether a certificate is a precertificate, which announces a certificate to a log (RFC 6962 3.1). */
export function isPrecertificate(certificate: Certificate): boolean {
  return hasExtension(certificate, CertificateOid.precertificatePoison);
}
