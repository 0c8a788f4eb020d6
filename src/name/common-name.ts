import { Tag } from "../der/tag.ts";

/** Maximum number of RDNs of a Name of the common shape: fewer than any useful limit on attributes. */
const maximumRdns = 64;

/** Maximum number of bytes of text in the common shape. Except for countryName, no bound in RFC 5280 is smaller. */
const maximumText = 64;

/** Contents octets of the attribute types domainComponent and emailAddress, which are IA5Strings. */
const ia5Types: readonly (readonly number[])[] = [
  [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01, 0x19],
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01],
];

/**
 * Whether a TLV is a Name without errors, of the shape that nearly all have: one attribute per RDN, of X.520 or
 * domainComponent or emailAddress, with 1 to 64 bytes of text in the right string type. `readName` and
 * `findAttributeProblem` find no error in such a Name. It allocates nothing, because an indirect CRL may repeat a Name
 * a million times.
 *
 * @param start offset of the identifier octet of the Name
 * @param end offset after the Name
 */
export function isCommonName(bytes: Uint8Array, start: number, end: number): boolean {
  let at = contentsOf(bytes, start, end, Tag.sequence);
  // The reader reports an empty Name.
  if (at < 0 || at === end) return false;
  for (let rdns = 0; at < end; rdns += 1) {
    const length = bytes[at + 1] as number;
    const next = at + 2 + length;
    if (bytes[at] !== Tag.set || length >= 0x80 || next > end || rdns >= maximumRdns) return false;
    const type = contentsOf(bytes, at + 2, next, Tag.sequence);
    if (type < 0 || type + 2 > next || bytes[type] !== Tag.oid) return false;
    const value = type + 2 + (bytes[type + 1] as number);
    const size = bytes[value + 1] as number;
    if (value + 2 + size !== next || size === 0 || size > maximumText) return false;
    const tag = bytes[value] as number;
    if (!hasType(bytes, type + 2, value, tag, size) || !isCommonText(bytes, tag, value + 2, next)) return false;
    at = next;
  }
  return true;
}

/** Whether the attribute type from `start` to `end` has values of this string type and size. */
function hasType(bytes: Uint8Array, start: number, end: number, tag: number, size: number): boolean {
  if (tag === Tag.ia5String) {
    return ia5Types.some((type) => type.length === end - start && type.every((byte, i) => bytes[start + i] === byte));
  }
  if (tag !== Tag.printableString && tag !== Tag.utf8String) return false;
  // 55 04 xx: an attribute type of X.520 with a last arc below 128.
  const last = bytes[start + 2] as number;
  if (end - start !== 3 || bytes[start] !== 0x55 || bytes[start + 1] !== 0x04 || last >= 0x80) return false;
  // countryName (6); then serialNumber (5) and dnQualifier (46).
  if (last === 6) return tag === Tag.printableString && size === 2;
  return tag === Tag.printableString || (last !== 5 && last !== 46);
}

function isCommonText(bytes: Uint8Array, tag: number, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      if (tag === Tag.printableString && isPrintable[byte] !== 1) return false;
      at += 1;
    } else {
      at = tag === Tag.utf8String ? afterCharacter(bytes, at) : end + 1;
    }
  }
  return at === end;
}

/** Returns the offset after a UTF-8 character of 2 or 3 bytes (RFC 3629 4); infinity if it is malformed or longer. */
function afterCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  if (second >> 6 !== 2) return Number.POSITIVE_INFINITY;
  if (first >= 0xc2 && first < 0xe0) return at + 2;
  if (first >> 4 !== 0xe || (bytes[at + 2] as number) >> 6 !== 2) return Number.POSITIVE_INFINITY;
  // Rejects overlong encodings and surrogates.
  const isOutside = (first === 0xe0 && second < 0xa0) || (first === 0xed && second >= 0xa0);
  return isOutside ? Number.POSITIVE_INFINITY : at + 3;
}

/**
 * Returns the offset of the contents of a TLV from `start` to `end` that has this tag and a minimal length of one or
 * two bytes; -1 for any other TLV. It allocates nothing.
 */
export function contentsOf(bytes: Uint8Array, start: number, end: number, tag: number): number {
  if (start + 2 > end || bytes[start] !== tag) return -1;
  const initial = bytes[start + 1] as number;
  if (initial < 0x80) return start + 2 + initial === end ? start + 2 : -1;
  const length = bytes[start + 2] as number;
  return initial === 0x81 && length >= 0x80 && start + 3 + length === end ? start + 3 : -1;
}

/** 1 for each character that is allowed in a PrintableString (X.680 41.4). */
const isPrintable = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9 '()+,\-./:=?]/u.test(String.fromCharCode(code)) ? 1 : 0,
);
