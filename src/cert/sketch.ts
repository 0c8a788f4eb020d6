import type { Span } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";
import { isTimeTag } from "../der/time.ts";

/** The parts of a certificate that link a CRL to its CA. */
export interface CertificateSketch {
  /** The bytes of the certificate. */
  readonly bytes: Uint8Array;
  /** The field subject, a Name. */
  readonly subject: Span;
  /** subjectPublicKeyInfo. */
  readonly publicKey: Span;
  /** Contents of the KeyIdentifier in subjectKeyIdentifier (RFC 5280 4.2.1.2). */
  readonly keyIdentifier: Span | undefined;
  /** Whether all fields before the extensions have their types. `readCertificate` can then read the certificate. */
  readonly isUsual: boolean;
}

/** The types of the fields before subject (RFC 5280 4.1): serialNumber, signature, issuer and validity. */
const beforeSubject = [Tag.integer, Tag.sequence, Tag.sequence, Tag.sequence] as const;

/** DER of the OID id-ce-subjectKeyIdentifier. */
const subjectKeyIdentifier = [0x06, 0x03, 0x55, 0x1d, 0x0e] as const;

/**
 * Finds the parts of a certificate that link a CRL to its CA, without reading any of them. This is a fraction of the
 * work of `readCertificate`: a store may have many thousands of certificates, and a call needs only a few of them.
 *
 * @param bytes DER of a certificate
 * @returns undefined if the bytes do not have the structure of a certificate; `readCertificate` reports the errors
 */
export function sketchCertificate(bytes: Uint8Array): CertificateSketch | undefined {
  const frames = new Frames(bytes);
  const tbs = frames.enter(frames.enter({ start: 0, end: bytes.length }, Tag.sequence), Tag.sequence);
  if (tbs === undefined) return undefined;
  let at = tbs.start;
  if (bytes[at] === context(0, true)) at = frames.endOf(at, tbs.end);
  let isUsual = true;
  let validity: Span = { start: at, end: at };
  for (const tag of beforeSubject) {
    isUsual &&= bytes[at] === tag;
    validity = { start: at, end: frames.endOf(at, tbs.end) };
    at = validity.end;
  }
  const subject = { start: at, end: frames.endOf(at, tbs.end) };
  const publicKey = { start: subject.end, end: frames.endOf(subject.end, tbs.end) };
  if (Number.isNaN(publicKey.end) || bytes[subject.start] !== Tag.sequence) return undefined;
  isUsual &&= hasTimes(frames, validity) && hasKey(frames, publicKey);
  const keyIdentifier = findKeyIdentifier(frames, { start: publicKey.end, end: tbs.end });
  return { bytes, subject, publicKey, keyIdentifier, isUsual };
}

function hasTimes(frames: Frames, validity: Span): boolean {
  const times = frames.enter(validity, Tag.sequence);
  if (times === undefined) return false;
  const second = isTimeTag(frames.bytes[times.start] ?? 0) ? frames.endOf(times.start, times.end) : Number.NaN;
  return isTimeTag(frames.bytes[second] ?? 0) && !Number.isNaN(frames.endOf(second, times.end));
}

/** Whether a subjectPublicKeyInfo is an AlgorithmIdentifier and a BIT STRING of whole bytes. */
function hasKey(frames: Frames, publicKey: Span): boolean {
  const fields = frames.enter(publicKey, Tag.sequence);
  if (fields === undefined || frames.enter(fields, Tag.sequence) === undefined) return false;
  const start = frames.endOf(fields.start, fields.end);
  const bits = frames.enter({ start, end: fields.end }, Tag.bitString);
  return bits !== undefined && bits.end > bits.start && frames.bytes[bits.start] === 0;
}

function findKeyIdentifier(frames: Frames, rest: Span): Span | undefined {
  const { bytes } = frames;
  let at = rest.start;
  // issuerUniqueID and subjectUniqueID.
  while (bytes[at] === context(1, false) || bytes[at] === context(2, false)) at = frames.endOf(at, rest.end);
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

/** Frames of DER elements, found by identifier and length octets only. A frame that does not fit ends at NaN. */
class Frames {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Returns the contents of the element at the start of a span, if it has the given tag. */
  enter(span: Span | undefined, tag: number): Span | undefined {
    if (span === undefined || this.bytes[span.start] !== tag) return undefined;
    const end = this.endOf(span.start, span.end);
    return Number.isNaN(end) ? undefined : { start: end - this.#lengthAt(span.start), end };
  }

  /** Returns the end of the element at an offset; NaN if it does not end within a limit. */
  endOf(at: number, limit: number): number {
    const first = this.bytes[at + 1] ?? Number.NaN;
    const end = at + 2 + (first < 0x80 ? 0 : first & 0x7f) + this.#lengthAt(at);
    return at < limit && end <= limit ? end : Number.NaN;
  }

  /**
   * Returns the number of contents bytes of the element at an offset; NaN without a definite length of at most 4 bytes.
   */
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
