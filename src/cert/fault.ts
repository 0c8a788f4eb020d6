import type { DerFault, FaultCode } from "../der/fault.ts";
import { isRsaOid } from "../algorithm/signature-algorithm.ts";
import type { Certificate } from "./certificate.ts";

/**
 * Departures from DER and from the profile that certificates in the field have and that leave no doubt about what they
 * say. They are not the CRL's, and the certificate cannot be changed any more.
 */
const harmless: ReadonlySet<FaultCode> = new Set([
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
  "time/time-fraction",
]);

/** What is wrong with a certificate, and where in it. */
export type CertificateFault = Pick<DerFault, "start" | "end" | "path" | "message">;

/**
 * The first fault that makes a certificate unfit to judge a CRL by: its framing, a field or its key is broken, so that
 * others may read something else in it.
 */
export function findCertificateFault({ source, publicKey }: Certificate): CertificateFault | undefined {
  for (const { code, first } of source.faults.groups()) {
    const grave = harmless.has(code) ? undefined : first.find((fault) => !isUndecodedValue(fault));
    if (grave !== undefined) return grave;
  }
  if (publicKey.rsa === undefined && isRsaOid(publicKey.oid)) {
    const { start, end } = publicKey.bits;
    const path = "tbsCertificate.subjectPublicKeyInfo.subjectPublicKey";
    return { start, end, path, message: "subjectPublicKey holds no RSAPublicKey" };
  }
  return undefined;
}

/** Of an attribute value that is too long to be decoded the octets are still compared. */
function isUndecodedValue({ code, path }: DerFault): boolean {
  return code === "input/over-limit" && path.endsWith(".value");
}
