import type { Span } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";

/** The parts of a certificate by which a CRL finds its CA. */
export interface CertificateSketch {
  /** The Name subject. */
  readonly subject: Span;
  /** subjectPublicKeyInfo. */
  readonly publicKey: Span;
  /** Contents of the KeyIdentifier in subjectKeyIdentifier (RFC 5280 4.2.1.2). */
  readonly keyIdentifier: Span | undefined;
}

/** DER of the OID id-ce-subjectKeyIdentifier. */
const subjectKeyIdentifier = [0x06, 0x03, 0x55, 0x1d, 0x0e] as const;

/**
 * Finds the parts of a certificate by which a CRL finds its CA, without reading any of them. This is a fraction of the
 * work of `readCertificate`: a store may have many thousand certificates, and a call needs few of them.
 *
 * @param bytes DER of a certificate
 * @returns undefined if the frames of a certificate are not there; `readCertificate` says what is wrong
 */
export function sketchCertificate(bytes: Uint8Array): CertificateSketch | undefined {
  const frames = new Frames(bytes);
  const tbs = frames.enter(frames.enter({ start: 0, end: bytes.length }, Tag.sequence), Tag.sequence);
  if (tbs === undefined) return undefined;
  // RFC 5280 4.1: version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
  let at = tbs.start;
  if (bytes[at] === context(0, true)) at = frames.endOf(at, tbs.end);
  for (let skipped = 0; skipped < 4; skipped += 1) at = frames.endOf(at, tbs.end);
  const subject = { start: at, end: frames.endOf(at, tbs.end) };
  const publicKey = { start: subject.end, end: frames.endOf(subject.end, tbs.end) };
  if (Number.isNaN(publicKey.end) || bytes[subject.start] !== Tag.sequence) return undefined;
  return { subject, publicKey, keyIdentifier: findKeyIdentifier(frames, { start: publicKey.end, end: tbs.end }) };
}

function findKeyIdentifier(frames: Frames, rest: Span): Span | undefined {
  const { bytes } = frames;
  let at = rest.start;
  while (at < rest.end && bytes[at] !== context(3, true)) at = frames.endOf(at, rest.end);
  const list = frames.enter(frames.enter({ start: at, end: rest.end }, context(3, true)), Tag.sequence);
  if (list === undefined) return undefined;
  for (let item = list.start; item < list.end;) {
    const end = frames.endOf(item, list.end);
    const extension = frames.enter({ start: item, end }, Tag.sequence);
    if (extension === undefined) return undefined;
    if (subjectKeyIdentifier.every((byte, i) => bytes[extension.start + i] === byte)) {
      let value = extension.start + subjectKeyIdentifier.length;
      if (bytes[value] === Tag.boolean) value = frames.endOf(value, extension.end);
      return frames.enter(frames.enter({ start: value, end: extension.end }, Tag.octetString), Tag.octetString);
    }
    item = end;
  }
  return undefined;
}

/** Frames of DER elements, by their identifier and length bytes alone. A frame that does not fit ends at NaN. */
class Frames {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The contents of the element at the start of a span, if it has a tag. */
  enter(span: Span | undefined, tag: number): Span | undefined {
    if (span === undefined || this.bytes[span.start] !== tag) return undefined;
    const end = this.endOf(span.start, span.end);
    return Number.isNaN(end) ? undefined : { start: end - this.#lengthAt(span.start), end };
  }

  /** Where the element at an offset ends; NaN if it does not end within a limit. */
  endOf(at: number, limit: number): number {
    const first = this.bytes[at + 1] ?? Number.NaN;
    const end = at + 2 + (first < 0x80 ? 0 : first & 0x7f) + this.#lengthAt(at);
    return at < limit && end <= limit ? end : Number.NaN;
  }

  /** Number of contents bytes of the element at an offset; NaN if it has no definite length of up to 4 bytes. */
  #lengthAt(at: number): number {
    const first = this.bytes[at + 1] ?? Number.NaN;
    if (!(first >= 0x80)) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) return Number.NaN;
    let length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (this.bytes[at + 2 + i] ?? Number.NaN);
    return length;
  }
}
