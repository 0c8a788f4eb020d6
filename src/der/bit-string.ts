import type { Source } from "./cursor.ts";
import { contentLength, type Span, type Tlv } from "./span.ts";
import { constructed } from "./tag.ts";

/** A BIT STRING: the bytes that contain its bits, and the number of unused bits in the last byte. */
export interface BitString extends Span {
  readonly unusedBits: number;
}

/**
 * Reads a BIT STRING with any tag, by X.690 8.6.2 and 11.2.1.
 *
 * @returns undefined if the initial octet is missing or invalid, and for a constructed BIT STRING
 */
export function readBitString(source: Source, tlv: Tlv, path: string): BitString | undefined {
  // A constructed one was reported when it was taken; its segments are not joined.
  if (tlv.tag & constructed) return undefined;
  const unusedBits = source.bytes[tlv.content] ?? 0;
  const length = contentLength(tlv);
  if (length === 0) {
    source.faults.add("der/bit-string-unused-count", tlv, path, "BIT STRING without the byte that counts unused bits");
    return undefined;
  }
  if (unusedBits > 7 || (length === 1 && unusedBits !== 0)) {
    source.faults.add(
      "der/bit-string-unused-count",
      { start: tlv.content, end: tlv.content + 1 },
      path,
      `BIT STRING has ${unusedBits} unused ${unusedBits === 1 ? "bit" : "bits"}${length === 1 ? ", but no bits" : "; the maximum is 7"}`,
    );
    return undefined;
  }
  const last = source.bytes[tlv.contentEnd - 1] ?? 0;
  if (length > 1 && (last & ((1 << unusedBits) - 1)) !== 0) {
    source.faults.add(
      "der/bit-string-unused-bits-nonzero",
      { start: tlv.contentEnd - 1, end: tlv.contentEnd },
      path,
      `unused bits of the last byte 0x${last.toString(16).padStart(2, "0")} are not zero`,
    );
  }
  return { start: tlv.content + 1, end: tlv.contentEnd, unusedBits };
}

/**
 * Reads a named bit list (KeyUsage, ReasonFlags): trailing zero bits must be omitted (X.690 11.2.2, RFC 5280
 * appendix B).
 *
 * @returns the set bits as numbers, or undefined if the BIT STRING cannot be read
 */
export function readNamedBits(source: Source, tlv: Tlv, path: string): ReadonlySet<number> | undefined {
  const bits = readBitString(source, tlv, path);
  if (bits === undefined) return undefined;
  const count = (bits.end - bits.start) * 8 - bits.unusedBits;
  const named: number[] = [];
  for (let bit = 0; bit < count && bit < 64; bit += 1) {
    if ((source.bytes[bits.start + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) named.push(bit);
  }
  const lastByte = source.bytes[bits.end - 1] ?? 0;
  if (count > 0 && (lastByte & (1 << bits.unusedBits)) === 0) {
    source.faults.add(
      "der/named-bit-list-trailing-zeros",
      tlv,
      path,
      `named bit list of ${count} ${count === 1 ? "bit" : "bits"} ends in a zero bit; trailing zeros must be omitted`,
    );
  }
  return setOf(named);
}

/** Number of bits of the largest named bit lists that RFC 5280 defines: KeyUsage and ReasonFlags have 9. */
const usualBits = 9;

/** Sets of these bits, by the number that the bits form: thousands of certificates share a few sets. */
const usualSets = new Map<number, ReadonlySet<number>>();

function setOf(bits: readonly number[]): ReadonlySet<number> {
  if ((bits.at(-1) ?? 0) >= usualBits) return new Set(bits);
  const number = bits.reduce((sum, bit) => sum | (1 << bit), 0);
  let set = usualSets.get(number);
  if (set === undefined) usualSets.set(number, (set = new Set(bits)));
  return set;
}
