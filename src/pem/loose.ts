import { Tag } from "../der/tag.ts";
import type { Span } from "../der/span.ts";
import { base64Value, isBase64 } from "./base64.ts";

/** A line, intact or damaged, that announces a CRL or a certificate, or ends one. */
export interface Marker extends Span {
  readonly type: "BEGIN" | "END";
}

/** Whether base64 contains one complete element of DER, and where reading it ended. */
export interface LooseBase64 extends Span {
  readonly isWhole: boolean;
}

const backslash = 0x5c;
const plus = 0x2b;

/** Characters that quotations and program code have between the lines of base64. */
const between: ReadonlySet<number> = new Set(Array.from(" \t\r\n\v\f>|#\"',;*%", (each) => each.charCodeAt(0)));

/** Matches the words of a boundary, with any whitespace between them. Their labels are those of CRLs and certificates. */
const words =
  /^(?<type>begin|end)\s+(?:(?:x\.?509|trusted)\s+)?(?:crl|certificate(?:\s+revocation\s+list)?)(?![a-z0-9])/iu;

/** Maximum number of bytes of such words. */
const longestWords = 64;

/** Returns the words of a boundary that start at an offset, whatever is around them. */
export function markerAt(bytes: Uint8Array, at: number): Marker | undefined {
  const first = (bytes[at] ?? 0) | 0x20;
  const second = (bytes[at + 1] ?? 0) | 0x20;
  // "be" or "en".
  if (!(first === 0x62 && second === 0x65) && !(first === 0x65 && second === 0x6e)) return undefined;
  if (!mayPrecede(bytes, at)) return undefined;
  const found = words.exec(textOf(bytes, at, at + longestWords));
  if (found === null) return undefined;
  const type = found.groups?.["type"]?.toUpperCase() === "BEGIN" ? "BEGIN" : "END";
  return { type, start: at, end: at + found[0].length };
}

/** Whether the words of a boundary may start here: at the start of a line, or after a dash or a quotation mark. */
function mayPrecede(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === 0x20 && at - before < longestWords) before -= 1;
  const byte = bytes[before] ?? 0x0a;
  return byte === 0x2d || byte >= 0x80 || between.has(byte);
}

/** Maximum number of bytes between the words of a boundary and the base64 that they announce. */
const longestGap = 96;

/** Skips dashes of any kind, quotation marks, escapes and whitespace after the words of a boundary. */
export function skipGap(bytes: Uint8Array, from: number): number {
  const limit = Math.min(bytes.length, from + longestGap);
  let at = from;
  while (at < limit) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x2d || byte >= 0x80 || between.has(byte) || isLonePlus(bytes, at)) at += 1;
    else if (isEscape(bytes, at)) at += 2;
    else break;
  }
  return at;
}

/** Skips the characters that a quotation has at the start of a line. */
export function skipQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < from + longestGap && between.has(bytes[at] ?? 0) && !isEndOfLine(bytes[at] ?? 0)) at += 1;
  return at;
}

/** Whether base64 starts like a SEQUENCE of 128 bytes or more, as every CRL and every certificate does. */
export function startsLikeLongDer(bytes: Uint8Array, at: number): boolean {
  const third = bytes[at + 2] ?? 0;
  // The length has 1 to 4 bytes (X.690 8.1.3.5): 30 81 to 30 84.
  return bytes[at] === 0x4d && bytes[at + 1] === 0x49 && third >= 0x45 && third <= 0x54;
}

/**
 * Reads base64 up to the end of its first element, in lines of any length. Characters of a quotation and escaped line
 * breaks may be between them.
 *
 * @param from offset of its first character; see `startsLikeLongDer`
 */
export function readLoose(bytes: Uint8Array, from: number): LooseBase64 {
  /** Number of characters to read: first the header of the element, then all. */
  let wanted = 8;
  let header = 0;
  let count = 0;
  let at = from;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (isBase64(byte) && !isLonePlus(bytes, at)) {
      if (count < 8) header = header * 64 + base64Value(byte);
      count += 1;
      at += 1;
      if (count === 8 && wanted === 8) {
        wanted = charactersOf(header);
        if (wanted > bytes.length - from) return { start: from, end: at, isWhole: false };
      }
      if (count === wanted) {
        while (bytes[at] === 0x3d) at += 1;
        return { start: from, end: at, isWhole: true };
      }
    } else if (between.has(byte) || byte === plus) at += 1;
    else if (isEscape(bytes, at)) at += 2;
    else break;
  }
  return { start: from, end: at, isWhole: false };
}

/** Returns the number of base64 characters of an element whose first 6 bytes are known. */
function charactersOf(header: number): number {
  const bytes = [5, 4, 3, 2, 1, 0].map((i) => Math.floor(header / 256 ** i) % 256);
  const count = (bytes[1] ?? 0) & 0x7f;
  const length = bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes[0] === Tag.sequence ? Math.ceil(((2 + count + length) * 4) / 3) : Number.POSITIVE_INFINITY;
}

/** Copies base64 with spaces instead of all other characters, except line breaks; states whether there were others. */
export function withoutQuotes(bytes: Uint8Array, { start, end }: Span): { text: Uint8Array; isQuoted: boolean } {
  const text = bytes.slice(start, end);
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (isEscape(text, at)) text.fill(0x20, at, at + 2);
    else if (isBase64(byte) ? !isLonePlus(bytes, start + at) : byte <= 0x20 || byte === 0x3d) continue;
    else text[at] = 0x20;
    isQuoted = true;
  }
  return { text, isQuoted };
}

/** Number of bytes next to the words of a boundary that are searched for base64. */
const neighborhood = 300;
/** Minimum number of characters without a space that count as base64. */
const shortestToken = 16;
/** Fewer bytes than any CRL or certificate has: a document may show a PEM block without its base64. */
export const fewestBytes = 100;
/** Number of base64 characters for as many bytes. */
const fewest = Math.ceil((fewestBytes * 4) / 3);

/** Matches lines that stand for omitted ones. */
const omission = /\.\.|\u2026|\u00e2\u0080\u00a6|\[/u;
const hexadecimal = /^[\s>|#"'-]*30[\s:]?8[0-4](?:[\s:]*[0-9a-f]{2}){90}/iu;

/** Whether text has the characters of `omission`. It may be too long for a pattern. */
export function hasOmission(bytes: Uint8Array, { start, end }: Span): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x5b || (byte === 0x2e && bytes[at + 1] === 0x2e) || byte === 0xe2) return true;
  }
  return false;
}

/** Whether there may be base64 or hexadecimal next to the words of a boundary: most sentences have none. */
export function mayBeNextToBase64(bytes: Uint8Array, { type, start, end }: Marker): boolean {
  const [from, limit] = type === "BEGIN" ? [end, end + neighborhood] : [Math.max(0, start - neighborhood), start];
  const first = skipGap(bytes, end);
  if (type === "BEGIN" && bytes[first] === 0x33 && bytes[first + 1] === 0x30) return true;
  let run = 0;
  for (let at = from; at < limit; at += 1) {
    run = isBase64(bytes[at] ?? 0) ? run + 1 : 0;
    if (run === shortestToken) return true;
  }
  return false;
}

/**
 * Whether the text next to the words of a boundary is base64 or hexadecimal, and long enough for a CRL or a certificate.
 * Documents show shorter ones, or omit lines.
 */
export function isNextToBase64(bytes: Uint8Array, { type, start, end }: Marker, from: number): boolean {
  const range = type === "BEGIN" ? [end, end + neighborhood] : [Math.max(from, start - neighborhood), start];
  const text = textOf(bytes, range[0] ?? 0, range[1] ?? 0);
  if (omission.test(text)) return false;
  if (type === "BEGIN" && hexadecimal.test(text)) return true;
  const tokens = text.match(/[A-Za-z0-9+/]+/gu) ?? [];
  const long = tokens.filter(({ length }) => length >= shortestToken);
  return long.filter(isRandom).reduce((sum, { length }) => sum + length, 0) >= fewest;
}

/** Whether a word has the mixture of characters of base64: words and paths change less often between kinds of them. */
function isRandom(token: string): boolean {
  const kinds = Array.from(token, kindOf);
  const changes = kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1]).length;
  return [0, 1, 2].every((kind) => kinds.includes(kind)) && changes >= token.length * 0.4;
}

function kindOf(character: string): number {
  return [/[a-z]/u, /[A-Z]/u, /\d/u].findIndex((kind) => kind.test(character));
}

/** Whether a plus sign joins two strings of program code. */
function isLonePlus(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === plus && between.has(bytes[at - 1] ?? 0) && between.has(bytes[at + 1] ?? 0);
}

/** Whether an escaped line break starts at an offset: "\n", "\r", "\t" or a backslash at the end of its line. */
function isEscape(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== backslash) return false;
  const next = bytes[at + 1] ?? 0;
  return next === 0x6e || next === 0x72 || next === 0x74 || isEndOfLine(next);
}

function isEndOfLine(byte: number): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
