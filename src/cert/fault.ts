import type { DerFault, FaultCode } from "../der/fault.ts";
import { isRsaOid } from "../algorithm/signature-algorithm.ts";
import type { Certificate } from "./certificate.ts";

/**
 * Deviations from DER and from the profile that real certificates have and that leave their meaning clear. They are not
 * faults of the CRL, and the certificate can no longer be changed.
 */
const ignorableCodes: ReadonlySet<FaultCode> = new Set([
  "der/bmp-universal-teletex-malformed",
  "der/boolean-true-not-ff",
  "der/default-value-encoded",
  "der/ia5-string-charset",
  "der/integer-not-minimal",
  "der/named-bit-list-trailing-zeros",
  "der/oid-over-limit",
  "der/printable-string-charset",
  "der/private-extension-not-der",
  "der/set-of-order",
  "der/time-not-z",
  "der/time-seconds-missing",
  "der/utf8-string-invalid",
  "general-name/directory-name-attribute",
  "general-name/empty",
  "general-name/ip-address-length",
  "time/time-fraction",
]);

/** An error in a certificate, with its position. */
export type CertificateFault = Pick<DerFault, "start" | "end" | "path" | "message">;

/** Returns the first fault of a certificate after which other software may read it differently. */
export function findEncodingFault({ source }: Pick<Certificate, "source">): CertificateFault | undefined {
  for (const { code, first } of source.faults.groups()) {
    const blocking = ignorableCodes.has(code) ? undefined : first.find((fault) => !isUndecodedValue(fault));
    if (blocking !== undefined) return blocking;
  }
  return undefined;
}

/**
 * Returns the first fault that makes a certificate unsuitable for verifying a CRL: in its framing, a field or its key.
 */
export function findCertificateFault(certificate: Certificate): CertificateFault | undefined {
  const fault = findEncodingFault(certificate);
  if (fault !== undefined) return fault;
  const { publicKey } = certificate;
  if (publicKey.rsa === undefined && isRsaOid(publicKey.oid)) {
    const { start, end } = publicKey.bits;
    const path = "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey";
    return { start, end, path, message: "subjectPublicKey does not contain an RSAPublicKey" };
  }
  return undefined;
}

/** Whether a fault is an attribute value that is too long to decode: its bytes are still compared. */
function isUndecodedValue({ code, path }: DerFault): boolean {
  return code === "input/over-limit" && path.endsWith(".value");
}
