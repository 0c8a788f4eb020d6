import type { Source } from "./cursor.ts";
import { contentLength, type Tlv } from "./span.ts";
import { constructed } from "./tag.ts";

/**
 * Reads a BOOLEAN with any tag (IMPLICIT tagging replaces it), by X.690 8.2 and 11.1.
 *
 * @returns undefined if the contents are not one byte
 */
export function readBoolean(source: Source, tlv: Tlv, path: string): boolean | undefined {
  // A constructed one was reported when it was taken.
  if (tlv.tag & constructed) return undefined;
  if (contentLength(tlv) !== 1) {
    source.faults.add(
      "der/boolean-length",
      tlv,
      path,
      `BOOLEAN has ${contentLength(tlv)} bytes; it must have exactly 1`,
    );
    return undefined;
  }
  const byte = source.bytes[tlv.content] ?? 0;
  if (byte !== 0 && byte !== 0xff) {
    const value = byte.toString(16).padStart(2, "0");
    source.faults.add("der/boolean-true-not-ff", tlv, path, `TRUE is encoded as ${value}; it must be ff`);
  }
  return byte !== 0;
}

/**
 * Reads a BOOLEAN DEFAULT FALSE that is present, and reports an encoded FALSE (X.690 11.5).
 *
 * @param field the name of the field in its ASN.1 definition
 */
export function readDefaultFalse(source: Source, tlv: Tlv, path: string, field: string): boolean | undefined {
  const value = readBoolean(source, tlv, path);
  if (value === false) {
    source.faults.add("der/default-value-encoded", tlv, path, `${field} FALSE is its DEFAULT and must be omitted`);
  }
  return value;
}
