import { diffNames, type NameSource } from "../../src/name/diff.ts";
import type { NameDifference, NameRow } from "../../src/name/difference.ts";
import { nameOf, tlv, types } from "./build.ts";

/** Attribute types of the notation; `T` is telephoneNumber, whose matching rule ignores spaces and hyphens. */
const attributeTypes: Readonly<Record<string, readonly number[]>> = { ...types, T: [0x55, 4, 20], "?": [0x55, 0x84] };

/** String types of the notation, by the letters before a value. */
const tags = { p: 0x13, u: 0x0c, i: 0x16, b: 0x1e, k: 0x33, m: 0x2c } as const;

const hexBytes = (text: string): number[] => Array.from(text.matchAll(/../gu), ([pair]) => Number.parseInt(pair, 16));

function valueOf(text: string): number[] {
  const [, letter, content = ""] = /^(?:([puibkm]):)?(.*)$/u.exec(text) ?? [];
  if (letter === undefined && content.startsWith("#")) return hexBytes(content.slice(1));
  const ascii = Array.from(content, (character) => character.charCodeAt(0));
  if (letter === "b") return tlv(tags.b, ...ascii.map((byte) => [0, byte]));
  // In constructed form, one segment.
  if (letter === "k" || letter === "m") return tlv(tags[letter], tlv(tags[letter] & 0x1f, ascii));
  return tlv(tags[(letter ?? "p") as keyof typeof tags], ascii);
}

function attributeOf(text: string): number[] {
  if (text.startsWith("#")) return hexBytes(text.slice(1));
  const [type = "", ...value] = text.split("=");
  const oid = tlv(0x06, attributeTypes[type] ?? []);
  return tlv(0x30, oid, value.length === 0 ? [] : valueOf(value.join("=")));
}

function rdnOf(text: string): number[] {
  if (text.startsWith("/")) return hexBytes(text.slice(1));
  return tlv(0x31, ...(text === "()" ? [] : text.split("+").map(attributeOf)));
}

/**
 * Builds a Name from a text: `C=a, O=u:b+CN=c` is an RDN with a PrintableString and one with two attributes, the
 * first a UTF8String; they are encoded in the order of the text. `()` is an RDN without attributes, `CN` an
 * attribute without value, `?=a` one whose type is truncated within an arc, `CN=#020105` a value by its bytes, `#0500` an
 * attribute by its bytes, `/0500` an RDN by its bytes, `{}` a Name without RDNs. Letters of string types: p, u, i, b; in constructed form k
 * (PrintableString), m (UTF8String).
 */
function nameFrom(text: string): NameSource {
  return nameOf(tlv(0x30, ...(text === "{}" ? [] : text.split(", ").map(rdnOf))), text.length);
}

function writeRow({ leftIndex, rightIndex, mark, foundAt }: NameRow): string {
  const count = (index: number | undefined): string => (index === undefined ? "-" : String(index + 1));
  return `${count(leftIndex)} ${mark}${foundAt === undefined ? "" : `@${foundAt + 1}`} ${count(rightIndex)}`;
}

function write({ kinds, equivalent, firstDifference, summary, rows }: NameDifference): string {
  const same = equivalent ? ", the same by RFC 5280 7.1" : "";
  return [`${kinds.join(" ")}, byte ${firstDifference}${same}`, summary, rows.map(writeRow).join("; ")].join("\n  ");
}

/**
 * Returns the result of `diffNames` for a pair `issuer <> subject`: that line; kinds and the first byte that differs; the summary;
 * and the rows: number of the left RDN, mark, number of the RDN that was found for it, number of the right RDN.
 */
export function writeDifference(pair: string): string {
  const [left = "", right = ""] = pair.split(" <> ");
  const [crl, ca] = [nameFrom(left), nameFrom(right)];
  const difference = diffNames(crl, ca);
  if (difference?.rows.some(({ index }, i) => index !== i)) throw new Error(`rows of ${pair} are not counted`);
  return `${pair}\n  ${difference === undefined ? "the same bytes" : write(difference)}\n`;
}
