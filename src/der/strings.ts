import type { Source } from "./cursor.ts";
import { bytesOf, contents, hex, type Span, type Tlv } from "./span.ts";
import { Tag, tagName } from "./tag.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Whether an identifier octet is that of a string type that X.520 attributes may have. */
export function isStringTag(tag: number): boolean {
  return (
    tag === Tag.utf8String ||
    tag === Tag.printableString ||
    tag === Tag.ia5String ||
    tag === Tag.teletexString ||
    tag === Tag.bmpString ||
    tag === Tag.universalString ||
    tag === Tag.numericString ||
    tag === Tag.visibleString
  );
}

/** String types of no attribute in RFC 5280: VideotexString, GraphicString and GeneralString. */
const otherStrings: ReadonlySet<number> = new Set([0x15, 0x19, 0x1b]);

/**
 * Whether an identifier octet is that of a character string type in primitive form, including types that a Name must
 * not have.
 */
export function isStringType(tag: number): boolean {
  return isStringTag(tag) || otherStrings.has(tag);
}

/** Text of characters that a PrintableString may contain (X.680 41.4; RFC 5280 appendix B on `@`, `&` and `_`). */
const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/u;

/**
 * Decodes a string by its type, and reports contents that the type does not allow.
 *
 * @param as the string type, if IMPLICIT tagging replaced its tag
 * @returns the text, not escaped for any output; undefined if the bytes are not valid text
 */
export function readString(source: Source, tlv: Tlv, path: string, as = tlv.tag): string | undefined {
  const value = contents(source.bytes, tlv);
  const text = decodeString(as, value);
  if (text === undefined) {
    const utf = as === Tag.utf8String;
    source.faults.add(
      utf ? "der/utf8-string-invalid" : "der/bmp-universal-teletex-malformed",
      tlv,
      path,
      utf
        ? "UTF8String is not well-formed UTF-8"
        : `${tagName(as)} of ${value.length} ${value.length === 1 ? "byte" : "bytes"} is not valid text`,
    );
    return undefined;
  }
  if (as === Tag.printableString && !printable.test(text)) {
    const at = value.findIndex((byte) => !printable.test(String.fromCharCode(byte)));
    source.faults.add(
      "der/printable-string-charset",
      tlv,
      path,
      `PrintableString contains ${byteName(value[at] ?? 0)}, which its character set does not have`,
    );
  }
  if (as === Tag.ia5String) {
    const at = value.findIndex((byte) => byte >= 0x80);
    if (at >= 0) {
      source.faults.add(
        "der/ia5-string-charset",
        tlv,
        path,
        `IA5String contains byte ${hex(value.subarray(at, at + 1))}; its character set ends at 7f`,
      );
    }
  }
  return text;
}

/** Decodes a string by its type without checking its character set; returns undefined if it is not valid text. */
export function decodeString(tag: number, value: Uint8Array): string | undefined {
  switch (tag) {
    case Tag.utf8String:
      try {
        return utf8.decode(value);
      } catch {
        return undefined;
      }
    case Tag.bmpString:
      return wide(value, 2);
    case Tag.universalString:
      return wide(value, 4);
    case Tag.numericString: {
      const text = latin1(value);
      return /^[0-9 ]*$/u.test(text) ? text : undefined;
    }
    default:
      // TeletexString is Latin-1 in practice; strings of 7-bit types are decoded byte by byte.
      return latin1(value);
  }
}

/**
 * Decodes a BMPString or UniversalString: big-endian code units. Surrogates are not characters in either (X.680 41.15).
 */
function wide(value: Uint8Array, size: number): string | undefined {
  if (value.length % size !== 0) return undefined;
  const characters: string[] = [];
  for (let at = 0; at < value.length; at += size) {
    let point = 0;
    for (let i = 0; i < size; i += 1) point = point * 256 + (value[at + i] ?? 0);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    characters.push(String.fromCodePoint(point));
  }
  return characters.join("");
}

/** Returns each byte as the character with the same number. */
export function latin1(value: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < value.length; at += 4096) parts.push(String.fromCharCode(...value.subarray(at, at + 4096)));
  return parts.join("");
}

/** Despite its label, this is windows-1252, which also has another character for each byte. */
const bytewise = new TextDecoder("latin1");

/** Returns the bytes of a span as a key for a Map, several times faster than `latin1`. The text must not be shown. */
export function mapKey(bytes: Uint8Array, span: Span): string {
  return bytewise.decode(bytesOf(bytes, span));
}

function byteName(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte ${byte.toString(16).padStart(2, "0")}`;
}
