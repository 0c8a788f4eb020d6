import { hex, octets } from "../der/span.ts";
import { isStringTag } from "../der/strings.ts";
import { constructed, tagName } from "../der/tag.ts";
import { checksum, escapeText, escapeWith } from "./escape.ts";
import type { Attribute, Name, Rdn } from "./parse.ts";

/** Most characters of a name that are shown before the rest of its RDNs is only counted. */
const maximumCharacters = 1000;

/** Most attributes of one RDN that are shown. */
const maximumParts = 20;

/** Maximum number of bytes that are shown of a value that is not text. */
const maximumHexBytes = 64;

const utf8 = new TextEncoder();

/**
 * A name with its RDNs as they are encoded, first to last: `C=AT, O=Example, CN=Example CA`. Values are escaped, with
 * a backslash also before what separates types, values and RDNs, so that no value passes for two RDNs.
 */
export function formatEncoded(name: Name, bytes: Uint8Array): string {
  return formatRdns(name.rdns, ", ", " + ", (attribute) => `${attribute.type}=${formatPlain(attribute, bytes)}`);
}

/**
 * A name as an RFC 4514 string: RDNs last to first (2.1), what cannot be seen as a backslash and two hexadecimal
 * digits a byte (2.4). Long values and names are cut and say so, and then are no longer RFC 4514 strings.
 */
export function formatName(name: Name, bytes: Uint8Array): string {
  return formatRdns(
    name.rdns.toReversed(),
    ",",
    "+",
    (attribute) => `${attribute.type}=${formatStrict(attribute, bytes)}`,
  );
}

/** The value of an attribute: escaped text without quotes, or `#` and the hexadecimal bytes of its TLV (RFC 4514 2.4). */
export function formatValue(attribute: Attribute, bytes: Uint8Array): string {
  return attribute.text === undefined ? formatHex(attribute, bytes) : escapeText(attribute.text);
}

/** Types of an RDN's attributes: `CN`, `CN+serialNumber`; `(empty)` for an RDN without any. */
export function formatTypes(rdn: Rdn): string {
  if (rdn.attributes.length === 0) return "(empty)";
  const types = rdn.attributes.slice(0, 4).map((attribute) => attribute.type);
  return rdn.attributes.length > 4 ? `${types.join("+")}+...` : types.join("+");
}

/** Returns the ASN.1 name of the type of a value: `PrintableString`; other types as `tagName` names them. */
export function stringTypeName(tag: number): string {
  return tag === -1 ? "no value" : tagName(tag);
}

/** Short form of `stringTypeName` for tables: `Printable`, `UTF8`, `IA5`, `Teletex`, `BMP`, `Universal`. */
export function shortStringTypeName(tag: number): string {
  const long = stringTypeName(tag);
  return isStringTag(tag & ~constructed) ? long.replace(/String$/u, "") : long;
}

function formatRdns(
  rdns: readonly Rdn[],
  between: string,
  plus: string,
  format: (attribute: Attribute) => string,
): string {
  if (rdns.length === 0) return String.raw`\(empty name)`;
  let shown = "";
  for (const [i, rdn] of rdns.entries()) {
    const parts = rdn.attributes.slice(0, maximumParts).map(format);
    const more = rdn.attributes.length - parts.length;
    if (more > 0) parts.push(`\\(${more} more attributes)`);
    const next = `${i === 0 ? "" : between}${parts.length === 0 ? "\\(empty RDN)" : parts.join(plus)}`;
    if (i > 0 && shown.length + next.length > maximumCharacters)
      return `${shown}${between}\\(${rdns.length - i} more RDNs)`;
    shown += next;
  }
  return shown;
}

function formatPlain(attribute: Attribute, bytes: Uint8Array): string {
  return attribute.text === undefined ? formatHex(attribute, bytes) : guard(escapeText(attribute.text));
}

function formatStrict(attribute: Attribute, bytes: Uint8Array): string {
  if (attribute.text === undefined) return formatHex(attribute, bytes);
  const shown = escapeWith(attribute.text, {}, (character) => {
    if (character === "\\" || character === '"') return `\\${character}`;
    return `\\${hex(utf8.encode(character), "\\")}`;
  });
  return guard(shown);
}

/** RFC 4514 2.4: separators everywhere, a space at either end and a number sign in front get a backslash. */
function guard(escaped: string): string {
  const inner = escaped.endsWith(" ") ? `${escaped.slice(0, -1)}\\ ` : escaped;
  return inner.replace(/[,+;<>=]/gu, String.raw`\$&`).replace(/^[ #]/u, String.raw`\$&`);
}

function formatHex(attribute: Attribute, bytes: Uint8Array): string {
  const tlv = octets(bytes, { start: attribute.valueStart, end: attribute.value.end });
  if (tlv.length <= maximumHexBytes) return `#${hex(tlv)}`;
  const rest = tlv.subarray(maximumHexBytes);
  const hash = checksum(rest.length, (i) => rest[i] ?? 0);
  return `#${hex(tlv.subarray(0, maximumHexBytes))}\\(${rest.length} bytes cut: ${hash})`;
}
