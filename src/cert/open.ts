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
  return sketch?.isUsual === true ? new OpenedCertificate(sketch, reading) : readCertificate(bytes, reading);
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

/** A certificate that is read in full when a field is first used. */
class OpenedCertificate implements Certificate {
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

  get #read(): Certificate {
    if (this.#whole === undefined) {
      // Only a certificate that can be read has a usual sketch.
      this.#whole = readCertificate(this.#bytes, this.#reading) as Certificate;
      this.sketch = undefined;
    }
    return this.#whole;
  }

  get source(): Certificate["source"] {
    return this.#read.source;
  }

  get tbsCertificate(): Certificate["tbsCertificate"] {
    return this.#read.tbsCertificate;
  }

  get signatureAlgorithm(): Certificate["signatureAlgorithm"] {
    return this.#read.signatureAlgorithm;
  }

  get signatureValue(): Certificate["signatureValue"] {
    return this.#read.signatureValue;
  }

  get version(): Certificate["version"] {
    return this.#read.version;
  }

  get serialNumber(): Certificate["serialNumber"] {
    return this.#read.serialNumber;
  }

  get signature(): Certificate["signature"] {
    return this.#read.signature;
  }

  get issuer(): Certificate["issuer"] {
    return this.#read.issuer;
  }

  get notBefore(): Certificate["notBefore"] {
    return this.#read.notBefore;
  }

  get notAfter(): Certificate["notAfter"] {
    return this.#read.notAfter;
  }

  get subject(): Certificate["subject"] {
    return this.#read.subject;
  }

  get publicKey(): Certificate["publicKey"] {
    return this.#read.publicKey;
  }

  get subjectPublicKeyInfo(): Certificate["subjectPublicKeyInfo"] {
    return this.#read.subjectPublicKeyInfo;
  }

  get extensions(): Certificate["extensions"] {
    return this.#read.extensions;
  }

  get extensionOids(): Certificate["extensionOids"] {
    return this.#read.extensionOids;
  }

  get selfIssued(): Certificate["selfIssued"] {
    return this.#read.selfIssued;
  }

  get subjectKeyIdentifier(): Certificate["subjectKeyIdentifier"] {
    return this.#read.subjectKeyIdentifier;
  }

  get authorityKeyIdentifier(): Certificate["authorityKeyIdentifier"] {
    return this.#read.authorityKeyIdentifier;
  }

  get basicConstraints(): Certificate["basicConstraints"] {
    return this.#read.basicConstraints;
  }

  get keyUsage(): Certificate["keyUsage"] {
    return this.#read.keyUsage;
  }

  get extKeyUsage(): Certificate["extKeyUsage"] {
    return this.#read.extKeyUsage;
  }

  get policies(): Certificate["policies"] {
    return this.#read.policies;
  }

  get crlDistributionPoints(): Certificate["crlDistributionPoints"] {
    return this.#read.crlDistributionPoints;
  }

  get hasOcsp(): Certificate["hasOcsp"] {
    return this.#read.hasOcsp;
  }
}
