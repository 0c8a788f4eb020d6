import type { Source } from "./cursor.ts";
import { contentLength, contents, hex, type Tlv } from "./span.ts";

/**
 * Judges the contents of an INTEGER or ENUMERATED by X.690 8.3.1 and 8.3.2.
 *
 * @returns whether there is a value at all
 */
export function checkInteger(source: Source, tlv: Tlv, path: string): boolean {
  const length = contentLength(tlv);
  if (length === 0) {
    source.faults.add("der/integer-empty", tlv, path, "no contents octets; a number has at least one");
    return false;
  }
  const first = source.bytes[tlv.content] ?? 0;
  const second = source.bytes[tlv.content + 1] ?? 0;
  if (length > 1 && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    const octet = first === 0 ? "00" : "ff";
    source.faults.add(
      "der/integer-not-minimal",
      tlv,
      path,
      `${hex(contents(source.bytes, tlv).subarray(0, 4), " ")}${length > 4 ? " ..." : ""}: the leading ${octet} is needless`,
    );
  }
  return true;
}

/** Whether a number that has contents octets is below zero: bit 8 of the first octet (X.690 8.3.3). */
export function isNegative(bytes: Uint8Array, tlv: Tlv): boolean {
  return (bytes[tlv.content] ?? 0) >= 0x80;
}

/** Value of an INTEGER or ENUMERATED of up to six contents octets; undefined for longer or empty ones. */
export function smallInteger(bytes: Uint8Array, tlv: Tlv): number | undefined {
  const length = contentLength(tlv);
  if (length === 0 || length > 6) return undefined;
  let value = isNegative(bytes, tlv) ? -1 : 0;
  for (const octet of contents(bytes, tlv)) value = value * 256 + octet;
  return value;
}

/** Value of an INTEGER of any length, for showing and comparing; undefined for an empty one. */
export function bigInteger(bytes: Uint8Array, tlv: Tlv): bigint | undefined {
  const value = contents(bytes, tlv);
  if (value.length === 0) return undefined;
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex(value)}`));
}

/**
 * An INTEGER as people read it: decimal up to 8 octets, hexadecimal octets beyond (serial numbers are known that way,
 * and a long decimal cannot be compared by eye).
 */
export function integerText(bytes: Uint8Array, tlv: Tlv): string {
  const value = contents(bytes, tlv);
  if (value.length <= 8) return String(bigInteger(bytes, tlv) ?? "(empty)");
  return value.length > 32 ? `0x${hex(value.subarray(0, 32))}... (${value.length} octets)` : `0x${hex(value)}`;
}
