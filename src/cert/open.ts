import type { Reading } from "../der/cursor.ts";
import { type Certificate, readCertificate } from "./certificate.ts";
import { type CertificateSketch, sketchCertificate } from "./sketch.ts";

/**
 * Opens a certificate: checks that it is one, and reads it when a field is first used. A call may have thousands, and
 * all but a few are only searched by the parts that `sketchOf` returns.
 *
 * @returns undefined if `readCertificate` returns undefined
 */
export function openCertificate(bytes: Uint8Array, reading: Reading): Certificate | undefined {
  const sketch = sketchCertificate(bytes);
  if (sketch?.isUsual !== true) return readCertificate(bytes, reading);
  return new OpenedCertificate(sketch, reading) as unknown as Certificate;
}

/** Returns the parts of a certificate that link a CRL to its CA. An opened certificate is not read in full for them. */
export function sketchOf(certificate: Certificate): CertificateSketch {
  const sketch = certificate instanceof OpenedCertificate ? certificate.sketch : undefined;
  // A sketch misses an identifier in an unusual encoding.
  if (sketch?.keyIdentifier !== undefined) return sketch;
  const { source, subject, subjectPublicKeyInfo: publicKey, subjectKeyIdentifier: identifier } = certificate;
  const keyIdentifier = identifier && { start: identifier.content, end: identifier.contentEnd };
  return { bytes: source.bytes, subject, publicKey, keyIdentifier, isUsual: true };
}

/** A certificate that is read in full when a field is first used. Its getters are defined below the class. */
class OpenedCertificate {
  /** The sketch of the certificate, until the certificate is read. */
  sketch: CertificateSketch | undefined;
  readonly #bytes: Uint8Array;
  readonly #reading: Reading;
  #whole: Certificate | undefined;

  constructor(sketch: CertificateSketch, reading: Reading) {
    this.sketch = sketch;
    this.#bytes = sketch.bytes;
    this.#reading = reading;
  }

  get whole(): Certificate {
    if (this.#whole === undefined) {
      // Only a certificate that can be read has a usual sketch.
      this.#whole = readCertificate(this.#bytes, this.#reading) as Certificate;
      this.sketch = undefined;
    }
    return this.#whole;
  }
}

/** All fields: a list of their names could lack one. */
const fields: Readonly<Record<keyof Certificate, true>> = {
  source: true,
  tbsCertificate: true,
  signatureAlgorithm: true,
  signatureValue: true,
  version: true,
  serialNumber: true,
  signature: true,
  issuer: true,
  notBefore: true,
  notAfter: true,
  subject: true,
  publicKey: true,
  subjectPublicKeyInfo: true,
  extensions: true,
  extensionOids: true,
  selfIssued: true,
  subjectKeyIdentifier: true,
  authorityKeyIdentifier: true,
  basicConstraints: true,
  keyUsage: true,
  extKeyUsage: true,
  policies: true,
  crlDistributionPoints: true,
  hasOcsp: true,
};

for (const field of Object.keys(fields) as (keyof Certificate)[]) {
  Object.defineProperty(OpenedCertificate.prototype, field, {
    get(this: OpenedCertificate) {
      return this.whole[field];
    },
  });
}
