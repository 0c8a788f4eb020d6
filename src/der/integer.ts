import type { Source } from "./cursor.ts";
import { contentLength, contents, firstDifference, hex, shortHex, type Tlv } from "./span.ts";
import { constructed } from "./tag.ts";

/**
 * Checks the contents of an INTEGER or ENUMERATED by X.690 8.3.1 and 8.3.2.
 *
 * @returns whether there is a value
 */
export function checkInteger(source: Source, tlv: Tlv, path: string): boolean {
  // A constructed one was reported when it was taken.
  if (tlv.tag & constructed) return false;
  const length = contentLength(tlv);
  if (length === 0) {
    source.faults.add("der/integer-empty", tlv, path, "no contents octets; a number must have at least 1");
    return false;
  }
  const first = source.bytes[tlv.content] ?? 0;
  const second = source.bytes[tlv.content + 1] ?? 0;
  if (length > 1 && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    const leading = first === 0 ? "00" : "ff";
    source.faults.add(
      "der/integer-not-minimal",
      tlv,
      path,
      `${hex(contents(source.bytes, tlv).subarray(0, 4), " ")}${length > 4 ? " ..." : ""}: the leading ${leading} must be omitted`,
    );
  }
  return true;
}

/** Whether a number with contents octets is negative: bit 8 of the first byte (X.690 8.3.3). */
export function isNegative(bytes: Uint8Array, tlv: Tlv): boolean {
  return (bytes[tlv.content] ?? 0) >= 0x80;
}

/** Returns the value of an INTEGER or ENUMERATED of up to six contents octets; undefined if it is longer or empty. */
export function smallInteger(bytes: Uint8Array, tlv: Tlv): number | undefined {
  const length = contentLength(tlv);
  if (length === 0 || length > 6) return undefined;
  let value = isNegative(bytes, tlv) ? -1 : 0;
  for (const byte of contents(bytes, tlv)) value = value * 256 + byte;
  return value;
}

/** Returns the value of an INTEGER of any length, for display and comparison; undefined if it is empty. */
export function bigInteger(bytes: Uint8Array, tlv: Tlv): bigint | undefined {
  const value = contents(bytes, tlv);
  if (value.length === 0) return undefined;
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex(value)}`));
}

/**
 * Formats an INTEGER for people: in decimal up to 8 bytes, in hexadecimal if it is longer. Serial numbers are usually
 * shown in hexadecimal, and people cannot compare long decimals.
 */
export function integerText(bytes: Uint8Array, tlv: Tlv): string {
  const value = contents(bytes, tlv);
  if (value.length <= 8) return String(bigInteger(bytes, tlv) ?? "(empty)");
  return `0x${shortHex(value)}`;
}

/**
 * Compares two INTEGERs of any length by value, whether or not they are minimally encoded.
 *
 * @param a contents octets of the first
 * @param b contents octets of the second
 * @returns a negative number, zero or a positive number, as `Array.prototype.sort` expects
 */
export function compareIntegers(a: Uint8Array, b: Uint8Array): number {
  const sign = (a[0] ?? 0) >> 7;
  if (sign !== (b[0] ?? 0) >> 7) return sign === 0 ? 1 : -1;
  const fill = sign === 0 ? 0x00 : 0xff;
  const one = significant(a, fill);
  const other = significant(b, fill);
  if (one.length !== other.length) return one.length > other.length === (sign === 0) ? 1 : -1;
  const at = firstDifference(one, other);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** Returns the bytes after the leading ones that only repeat the sign. */
function significant(value: Uint8Array, fill: number): Uint8Array {
  let from = 0;
  while (from < value.length && value[from] === fill) from += 1;
  return value.subarray(from);
}
