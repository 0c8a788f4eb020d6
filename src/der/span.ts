/** A range of bytes of one artefact: `start` is the first octet, `end` the one behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One TLV whose frame stands: identifier and length octets were read and the contents lie inside the parent.
 * Offsets count from the first octet of the artefact, so that they can be shown as they are.
 */
export interface Tlv extends Span {
  /** The identifier octet (low-tag-number form; a needless high form is folded into it). */
  readonly tag: number;
  /** Offset of the first contents octet. */
  readonly content: number;
  /** Offset behind the last contents octet; smaller than `end` only for the indefinite form. */
  readonly contentEnd: number;
}

/** The octets of a span, without copying them. */
export function octets(bytes: Uint8Array, span: Span): Uint8Array {
  return bytes.subarray(span.start, span.end);
}

/** The contents octets of a TLV, without copying them. */
export function contents(bytes: Uint8Array, tlv: Tlv): Uint8Array {
  return bytes.subarray(tlv.content, tlv.contentEnd);
}

/** Number of contents octets of a TLV. */
export function contentLength(tlv: Tlv): number {
  return tlv.contentEnd - tlv.content;
}

/** Whether two runs of octets are the same. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareOctets(a, b) === 0;
}

/**
 * Compares two runs of octets as X.690 11.6 orders the components of a SET OF: as octet strings, the shorter one
 * padded with trailing zero octets.
 *
 * @returns a negative number, zero or a positive number, as `Array.prototype.sort` wants it
 */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Index of the first octet in which two runs differ, or -1 where they are the same. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : shared;
}

/** Lower-case hexadecimal of some octets, with `separator` between two of them. */
export function hex(bytes: Uint8Array, separator = ""): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0")).join(separator);
}
