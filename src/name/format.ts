import { bytesOf, hex } from "../der/span.ts";
import { tagName } from "../der/tag.ts";
import { checksum, escapeText, escapeWith } from "./escape.ts";
import type { Attribute, Name, Rdn } from "./parse.ts";

/** Maximum number of characters of a name that are shown; the RDNs after that are only counted. */
const maximumCharacters = 1000;

/** Maximum number of attributes of one RDN that are shown. */
const maximumParts = 20;

/** Maximum number of bytes that are shown of a value that is not text. */
const maximumHexBytes = 64;

const utf8 = new TextEncoder();

/**
 * Formats a name with its RDNs in encoded order: `C=AT, O=Example, CN=Example CA`. Values are escaped. A backslash also
 * precedes the separators of types, values and RDNs in them, so no value looks like two RDNs.
 */
export function formatEncoded(name: Name, bytes: Uint8Array): string {
  return formatRdns(name.rdns, ", ", " + ", (attribute) => `${attribute.type}=${formatPlain(attribute, bytes)}`);
}

/**
 * Formats a name as an RFC 4514 string: RDNs last to first (2.1), characters that cannot be shown as a backslash and
 * two hexadecimal digits per byte (2.4). Long values and names are cut, which the text states. They are then not valid
 * RFC 4514 strings.
 */
export function formatName(name: Name, bytes: Uint8Array): string {
  return formatRdns(
    name.rdns.toReversed(),
    ",",
    "+",
    (attribute) => `${attribute.type}=${formatStrict(attribute, bytes)}`,
  );
}

/**
 * Formats the value of an attribute: escaped text without quotes, or `#` and the hexadecimal bytes of its TLV (RFC 4514
 * 2.4).
 */
export function formatValue(attribute: Attribute, bytes: Uint8Array): string {
  return attribute.text === undefined ? formatHex(attribute, bytes) : escapeText(attribute.text);
}

/** Formats the types of an RDN's attributes: `CN`, `CN+serialNumber`; `(empty)` for an RDN without any. */
export function formatTypes(rdn: Rdn): string {
  if (rdn.attributes.length === 0) return "(empty)";
  const types = rdn.attributes.slice(0, 4).map((attribute) => attribute.type);
  return rdn.attributes.length > 4 ? `${types.join("+")}+...` : types.join("+");
}

/**
 * Returns the ASN.1 name of the type of a value, for example `PrintableString`, or the result of `tagName` if it is not
 * a string type.
 */
export function stringTypeName(tag: number): string {
  return tag === -1 ? "no value" : tagName(tag);
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

/**
 * Writes a backslash before separators, before a space at either end and before a leading number sign (RFC 4514 2.4).
 */
function guard(escaped: string): string {
  const inner = escaped.endsWith(" ") ? `${escaped.slice(0, -1)}\\ ` : escaped;
  return inner.replace(/[,+;<>=]/gu, String.raw`\$&`).replace(/^[ #]/u, String.raw`\$&`);
}

function formatHex(attribute: Attribute, bytes: Uint8Array): string {
  const tlv = bytesOf(bytes, { start: attribute.valueStart, end: attribute.value.end });
  if (tlv.length <= maximumHexBytes) return `#${hex(tlv)}`;
  const rest = tlv.subarray(maximumHexBytes);
  const hash = checksum(rest.length, (i) => rest[i] ?? 0);
  return `#${hex(tlv.subarray(0, maximumHexBytes))}\\(${rest.length} bytes cut: ${hash})`;
}
