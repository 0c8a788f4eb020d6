import { load } from "./in-file.ts";

/** A range of bytes of one artefact: `start` is the offset of the first byte, `end` that after the last byte. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One TLV with a valid frame: its identifier and length octets were read, and its contents are inside the parent.
 * Offsets count from the first byte of the artefact, and can be shown unchanged.
 *
 * Objects with more fields must spread a TLV last: for `{ ...tlv, more }`, Node.js 20 gives every object its own hidden
 * class.
 */
export interface Tlv extends Span {
  /** The identifier octet in low-tag-number form, even if an unnecessary high form is encoded. */
  readonly tag: number;
  /** Offset of the first contents octet. */
  readonly content: number;
  /** Offset after the last contents octet; smaller than `end` only for the indefinite form. */
  readonly contentEnd: number;
}

/** Returns the bytes of a span, without copying them. */
export function bytesOf(bytes: Uint8Array, span: Span): Uint8Array {
  return load(bytes.subarray(span.start, span.end));
}

/** Returns the contents octets of a TLV, without copying them. */
export function contents(bytes: Uint8Array, tlv: Tlv): Uint8Array {
  return load(bytes.subarray(tlv.content, tlv.contentEnd));
}

/** Returns the number of contents octets of a TLV. */
export function contentLength(tlv: Tlv): number {
  return tlv.contentEnd - tlv.content;
}

/** Whether two sequences of bytes are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

/**
 * Compares two sequences of bytes by the order of the components of a SET OF (X.690 11.6): as octet strings, the
 * shorter one padded with trailing zero bytes.
 *
 * @returns a negative number, zero or a positive number, as `Array.prototype.sort` expects
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Returns the index of the first byte in which two sequences differ, or -1 if they are equal. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : shared;
}

/** Two hexadecimal digits for each byte. */
const digits: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Formats bytes as lower-case hexadecimal, with `separator` between them. */
export function hex(bytes: Uint8Array, separator = ""): string {
  let text = "";
  for (const byte of bytes) text += text === "" ? digits[byte] : separator + digits[byte];
  return text;
}

/** Formats bytes as `hex` does. Of more than 32 bytes, only the first 32 and the number of bytes are shown. */
export function shortHex(bytes: Uint8Array, separator = ""): string {
  return bytes.length > 32
    ? `${hex(bytes.subarray(0, 32), separator)}... (${bytes.length} bytes)`
    : hex(bytes, separator);
}

/**
 * Returns the same bytes without the methods of a Buffer: its `subarray`, which readers call for every entry, is slow.
 */
export function plainBytes({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
