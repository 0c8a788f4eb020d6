import type { Span } from "../der/span.ts";
import { decodeBase64, isBase64 } from "./base64.ts";
import { type Boundary, damagedBoundary, findBoundary } from "./boundary.ts";
import { byteOrderMark, PemFaults, type PemFaultGroup, type TextPlace } from "./fault.ts";
import { skipHeaders } from "./headers.ts";
import { Lines } from "./lines.ts";
import {
  isNextToBase64,
  mayBeNextToBase64,
  type LooseBase64,
  markerAt,
  readLoose,
  skipGap,
  skipQuote,
  startsLikeLongDer,
  withoutQuotes,
} from "./loose.ts";
import { PemMap } from "./map.ts";

/** One textual encoding, from the first dash of its BEGIN line to the last dash of its END line. */
export interface PemBlock extends Span {
  /** Label of its BEGIN line. If no BEGIN line can be read, label of its END line, or an empty one. */
  readonly label: string;
  /** Position of its BEGIN boundary; without one, of its first line of base64. */
  readonly place: TextPlace;
  /** Whether a BEGIN line can be read. Without one, only the content shows whether this is an object. */
  readonly hasBegin: boolean;
  /** Whether a damaged BEGIN line before it announces a CRL or a certificate. */
  readonly isAnnounced: boolean;
  /** The decoded base64; empty for a private key, which is not decoded. */
  readonly der: Uint8Array;
  readonly isPrivateKey: boolean;
  readonly map: PemMap;
  readonly faults: readonly PemFaultGroup[];
}

/** A line that announces or ends a CRL or a certificate, next to base64 that cannot be read. */
export interface LostText extends Span {
  readonly place: TextPlace;
}

/** The start of a block: its BEGIN boundary, base64 without one, or all of such base64 if it is in another layout. */
interface BlockStart {
  readonly begin?: Boundary;
  readonly loose?: Span;
}

/** A find in the text between blocks: an object in DER, base64, or a line of a boundary next to unreadable base64. */
interface TextFind {
  readonly der?: number;
  readonly base64?: number;
  readonly loose?: Span;
  readonly lost?: Span;
}

/**
 * Decodes a file that is base64 without boundaries.
 *
 * @param start offset of the first byte of the base64, after a byte order mark
 */
export function readBareBase64(
  bytes: Uint8Array,
  start: number,
): Omit<PemBlock, "label" | "place" | "hasBegin" | "isAnnounced" | "isPrivateKey"> {
  const faults = new PemFaults();
  const range = { start, end: bytes.length, line: 1, lineStart: start };
  const { der, map } = decodeBase64(bytes, range, faults);
  // RFC 7468 defines the layout between boundaries. Without boundaries only the characters can be wrong.
  const groups = faults.groups().filter(({ code }) => code.startsWith("input/base64-"));
  return { start, end: bytes.length, der, map, faults: groups };
}

/** Returns the length of the UTF-8 byte order mark at the start of a file: 3 or 0. */
export function byteOrderMarkLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Minimum length for decoding a line of base64 outside a block: text has no words this long. */
const minimumBareLine = 32;

/**
 * Finds and decodes the textual encodings in a file, by the lax grammar of RFC 7468 section 3. Text around the blocks,
 * lines of any width, whitespace and headers are skipped and reported. There may be DER between the blocks. Time is
 * linear in the size of the file.
 */
export class PemReader {
  /** Number of blocks so far, including those beyond the limit. */
  found = 0;
  /** Lines of boundaries next to base64 that belongs to no block. */
  readonly lost: LostText[] = [];
  readonly #bytes: Uint8Array;
  readonly #most: number;
  readonly #needsBegin: boolean;
  readonly #lines: Lines;
  readonly #faults = new PemFaults();
  /** The first boundary at or after the offset of the last search. */
  #boundary: Boundary | undefined;
  #searchedFrom = -1;
  /** Offset of the first byte after the last block. */
  #afterBlock = 0;
  /** Whether there was a BEGIN line in the text after the last END line. The text between them is searched only once. */
  #isOpen = false;
  /** Number of bytes that may still be read as base64 in vain: the same bytes are otherwise read for each line. */
  #tries: number;

  /**
   * @param most maximum number of blocks to decode; further ones are only counted
   * @param needsBegin whether base64 without a BEGIN line is text, because another format may contain it
   */
  constructor(bytes: Uint8Array, most: number, needsBegin = false) {
    this.#bytes = bytes;
    this.#most = most;
    this.#needsBegin = needsBegin;
    this.#tries = 8 * bytes.length + 2 ** 20;
    this.#lines = new Lines(bytes, byteOrderMarkLength(bytes));
    if (this.#lines.at > 0) {
      this.#faults.add("input/explanatory-text-or-headers", 0, this.#lines.place, () => byteOrderMark);
    }
  }

  /** Offset up to which the file has been read. */
  get at(): number {
    return this.#lines.at;
  }

  /** Whether too much text looks like the start of base64 and is not, so the rest was not examined for it. */
  get isExhausted(): boolean {
    return this.#tries < 0;
  }

  /** Faults that do not belong to a single block. */
  get faults(): readonly PemFaultGroup[] {
    return this.#faults.groups();
  }

  /** Skips bytes that are not text. */
  skipTo(offset: number): void {
    const lines = this.#lines;
    lines.walk(offset);
    lines.jump(lines.at, lines.line, lines.lineStart);
  }

  /**
   * Reads up to the next object in DER, or to the end of the file.
   *
   * @param isDer whether an object in DER starts at an offset; called at the start of a line and after a block
   */
  readOn(isDer: (offset: number) => boolean): readonly PemBlock[] {
    const blocks: PemBlock[] = [];
    for (;;) {
      this.#afterBlock = this.#lines.at;
      this.#isOpen = false;
      const start = this.#nextStart(isDer);
      if (start === undefined) return blocks;
      const block = this.#readBlock(start);
      if (block !== undefined) blocks.push(block);
    }
  }

  /** Returns the first boundary at or after an offset. However often it is called, each byte is searched once. */
  #findBoundary(from: number): Boundary | undefined {
    const known = this.#boundary;
    const isKnown =
      this.#searchedFrom >= 0 && from >= this.#searchedFrom && (known === undefined || from <= known.start);
    if (!isKnown) this.#boundary = findBoundary(this.#bytes, from);
    this.#searchedFrom = from;
    return this.#boundary;
  }

  /**
   * Moves over text to the next block. A block starts with a BEGIN boundary: at the start of a line, after another
   * block, or after the quote that opens a CSV field. If its BEGIN line cannot be read, it starts with a line of base64
   * that looks like DER.
   *
   * @returns undefined at the end of the file, and at the start of an object in DER
   */
  #nextStart(isDer: (offset: number) => boolean): BlockStart | undefined {
    let reported = false;
    const walk = (end: number): void => {
      const text = this.#lines.walk(end);
      if (text === undefined || reported) return;
      reported = true;
      const where = this.found === 0 ? "outside a block" : `after block ${this.found}`;
      this.#faults.add("input/explanatory-text-or-headers", text.offset, text.place, () => `text ${where}`);
    };
    for (;;) {
      const boundary = this.#findBoundary(this.#lines.at);
      const end = boundary?.start ?? this.#bytes.length;
      const found = this.#searchText(this.#lines.at, end, isDer);
      if (found.lost !== undefined) {
        this.#addLost(found.lost, walk);
        continue;
      }
      const { der, base64, loose } = found;
      const next = der ?? base64 ?? loose?.start;
      if (next !== undefined) {
        walk(next);
        return der === undefined ? { ...(loose && { loose }) } : undefined;
      }
      walk(end);
      if (boundary === undefined) return undefined;
      const { type, label } = boundary;
      const isStart = this.#lines.blankSoFar || this.#opensField(boundary);
      if (type === "BEGIN" && label !== undefined && isStart) return { begin: boundary };
      const { loose: after, lost } = this.#searchAt(boundary.start + 5);
      if (after !== undefined) {
        walk(after.start);
        return { loose: after };
      }
      if (lost !== undefined) this.#addLost(lost, walk);
      walk(boundary.end);
    }
  }

  #addLost({ start, end }: Span, walk: (end: number) => void): void {
    walk(start);
    this.lost.push({ start, end, place: this.#lines.place });
    walk(end);
  }

  /** Whether a boundary comes directly after the quote that opens a CSV field, and nothing else follows on its line. */
  #opensField({ start, end }: Boundary): boolean {
    const [before, after] = [this.#bytes[start - 1], this.#bytes[end]];
    return (before === 0x22 || before === 0x27) && (after === 0x0a || after === 0x0d);
  }

  /**
   * Finds the first line that starts like DER, in binary or in base64, and the first words of a boundary next to base64.
   */
  #searchText(from: number, end: number, isDer: (offset: number) => boolean): TextFind {
    const bytes = this.#bytes;
    let isLineStart = this.#lines.blankSoFar && !this.#needsBegin;
    for (let at = from; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x0a || byte === 0x0d) isLineStart = !this.#needsBegin;
      else if (isLineStart && byte !== 0x20 && byte !== 0x09) {
        isLineStart = false;
        if (byte === 0x30 && (bytes[at + 1] ?? 0) > 0x80 && isDer(at)) return { der: at };
        if (isBareBase64(bytes, at)) return { base64: at };
        const loose = this.#tryLoose(skipQuote(bytes, at));
        if (loose?.isWhole === true) return { loose };
      }
      const lower = byte | 0x20;
      if (lower === 0x62 || lower === 0x65) {
        const find = this.#searchAt(at);
        if (find.loose !== undefined || find.lost !== undefined) return find;
      }
    }
    return {};
  }

  /** Searches for base64 next to the words of a boundary. Base64 that starts on a line of its own is found later. */
  #searchAt(at: number): Pick<TextFind, "loose" | "lost"> {
    const bytes = this.#bytes;
    const marker = markerAt(bytes, at);
    if (marker === undefined) return {};
    const isClosed = marker.type === "END" && this.#isOpen;
    this.#isOpen = marker.type === "BEGIN";
    if (isClosed) return {};
    const next = skipGap(bytes, marker.end);
    if (marker.type === "BEGIN" && startsLikeLongDer(bytes, next)) {
      if (isAtLineStart(bytes, next, marker.end) && isBareBase64(bytes, next)) return {};
      const loose = this.#tryLoose(next);
      if (loose?.isWhole === true) return { loose };
    }
    if (this.#tries < 0 || !mayBeNextToBase64(bytes, marker)) return {};
    this.#tries -= costOfSearch;
    return isNextToBase64(bytes, marker, this.#afterBlock) ? { lost: marker } : {};
  }

  #tryLoose(at: number): LooseBase64 | undefined {
    if (this.#tries < 0 || !startsLikeLongDer(this.#bytes, at)) return undefined;
    const loose = readLoose(this.#bytes, at);
    if (!loose.isWhole) this.#tries -= loose.end - loose.start;
    return loose;
  }

  #readBlock({ begin, loose }: BlockStart): PemBlock | undefined {
    if (loose !== undefined) return this.#readLoose(loose);
    const lines = this.#lines;
    const { place, at: start } = lines;
    const faults = new PemFaults();
    this.found += 1;
    const next = this.#findBoundary(begin?.end ?? start);
    const limit = next?.start ?? this.#bytes.length;
    const { end, damagedEnd } = begin === undefined ? this.#bareBody(start, limit) : this.#bodyOf(begin.end, limit);
    const closing = end === next?.start && next.type === "END" ? next : undefined;
    if (begin !== undefined) lines.walk(begin.end);
    const label = begin?.label ?? closing?.label ?? "";
    const isPrivateKey = label.includes("PRIVATE KEY");
    let content: Pick<PemBlock, "der" | "map"> = { der: new Uint8Array(0), map: new PemMap() };
    if (isPrivateKey || this.found > this.#most) lines.walk(end);
    else content = this.#decodeBody(end, end === next?.start ? next : undefined, faults);
    const before = begin === undefined ? this.#lineBefore(start) : "";
    if (begin === undefined) faults.add("input/base64-invalid", start, place, () => whyNoBegin(before));
    if (closing !== undefined) {
      if (closing.label !== label) {
        const message =
          closing.label === undefined ? "END line breaks off" : `END label is not the BEGIN label "${label}"`;
        faults.add("input/base64-invalid", closing.start, lines.place, () => message);
      }
      lines.walk(closing.end);
    } else if (damagedEnd !== undefined) {
      const message = `this END line is damaged; it must be -----END ${label}-----`;
      faults.add("input/base64-invalid", end, lines.place, () => message);
      lines.walk(damagedEnd);
    } else if (begin !== undefined) {
      faults.add("input/base64-invalid", begin.start, place, () => `no END line for "${label}"`);
    }
    lines.jump(lines.at, lines.line, lines.lineStart);
    if (this.found > this.#most) return undefined;
    const hasBegin = begin !== undefined;
    const isAnnounced = announces.test(before);
    const head = { label, place, hasBegin, isAnnounced, isPrivateKey };
    return { ...head, start, end: lines.at, ...content, faults: faults.groups() };
  }

  /** Reads base64 that is quoted or escaped, or in lines of any length, up to the end of its element. */
  #readLoose({ start, end }: Span): PemBlock | undefined {
    const lines = this.#lines;
    const { place, line, lineStart } = lines;
    this.found += 1;
    if (this.found > this.#most) {
      lines.walk(end);
      lines.jump(lines.at, lines.line, lines.lineStart);
      return undefined;
    }
    const faults = new PemFaults();
    const { text, isQuoted } = withoutQuotes(this.#bytes, { start, end });
    const range = { start: 0, end: text.length, line, lineStart: lineStart - start };
    const { der, map, ...last } = decodeBase64(text, range, new PemFaults());
    lines.jump(end, last.line, last.lineStart + start);
    const before = this.#lineBefore(start);
    faults.add("input/base64-invalid", start, place, () => (isQuoted ? quoted : whyNoBegin(before)));
    const isAnnounced = announces.test(before);
    const head = { label: "", place, hasBegin: false, isAnnounced, isPrivateKey: false };
    return { ...head, start, end, der, map, faults: faults.groups() };
  }

  /**
   * Returns the end of the base64 of a block: the next boundary, or an earlier line that is a damaged boundary. No line
   * of base64 starts with a dash.
   */
  #bodyOf(from: number, limit: number): { readonly end: number; readonly damagedEnd?: number } {
    const bytes = this.#bytes;
    for (let at = bytes.indexOf(0x2d, from); at !== -1 && at < limit; at = bytes.indexOf(0x2d, at)) {
      const type = isAtLineStart(bytes, at, from) ? damagedBoundary(bytes, at) : undefined;
      if (type === "END") return { end: at, damagedEnd: Math.min(endOfLine(bytes, at), limit) };
      if (type === "BEGIN") return { end: at };
      while (bytes[at] === 0x2d) at += 1;
    }
    return { end: limit };
  }

  /**
   * Returns the end of lines that contain only base64: after its padding, at a blank line, or at a line with anything
   * else.
   */
  #bareBody(from: number, limit: number): { readonly end: number; readonly damagedEnd?: number } {
    const bytes = this.#bytes;
    let end = from;
    for (let at = from, isLast = false; at < limit && !isLast;) {
      while (isBase64(bytes[at] ?? 0)) at += 1;
      isLast = bytes[at] === 0x3d;
      while (bytes[at] === 0x3d || bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
      if (at < limit && bytes[at] !== 0x0a && bytes[at] !== 0x0d) break;
      at += bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 2 : 1;
      end = Math.min(at, limit);
      if (bytes[at] === 0x0a || bytes[at] === 0x0d) break;
    }
    let at = end;
    while (at < limit && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
    if (at === limit) return { end: limit };
    const isEnd = bytes[at] === 0x2d && damagedBoundary(bytes, at) === "END";
    return isEnd ? { end: at, damagedEnd: Math.min(endOfLine(bytes, at), limit) } : { end };
  }

  /** Returns the end of the line before base64, or of the text before it on its line. */
  #lineBefore(start: number): string {
    const bytes = this.#bytes;
    let end = start;
    while (end > 0 && (bytes[end - 1] ?? 0) <= 0x20) end -= 1;
    const before = String.fromCharCode(...bytes.subarray(Math.max(0, end - 80), end)).split(/[\r\n]/u);
    return before.at(-1) ?? "";
  }

  #decodeBody(end: number, next: Boundary | undefined, faults: PemFaults): Pick<PemBlock, "der" | "map"> {
    const lines = this.#lines;
    skipHeaders(this.#bytes, lines, end, faults);
    const range = { start: lines.at, end, line: lines.line, lineStart: lines.lineStart };
    const decoded = decodeBase64(this.#bytes, range, faults);
    lines.jump(end, decoded.line, decoded.lineStart);
    if (decoded.endsWithinLine && next !== undefined) {
      const message = `${next.type} line starts on a line of base64`;
      faults.add("input/line-length-not-64", next.start, lines.place, () => message);
    }
    return decoded;
  }
}

/** Number of bytes read in vain that take as long as the search next to one line of a boundary. */
const costOfSearch = 4096;

/** Matches a BEGIN line of a CRL or a certificate, intact or damaged. */
const announces = /begin\s.*(?:crl|certificate)/iu;

const quoted = "this base64 is quoted or escaped; the other characters between its lines were left out";

/** Returns the message for base64 whose BEGIN line cannot be read. */
function whyNoBegin(lineBefore: string): string {
  return /begin/iu.test(lineBefore)
    ? "the line before this base64 is damaged; a BEGIN line has 5 dashes before and after BEGIN and the label"
    : "there is no BEGIN line before this base64";
}

/** Whether a line of base64 that may be DER starts here: a SEQUENCE in base64 is "M" and one of "A" to "P". */
function isBareBase64(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1] ?? 0;
  if (bytes[at] !== 0x4d || second < 0x41 || second > 0x50) return false;
  let end = at;
  while (isBase64(bytes[end] ?? 0)) end += 1;
  if (end - at < minimumBareLine) return false;
  while (bytes[end] === 0x3d || bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
  return end >= bytes.length || bytes[end] === 0x0a || bytes[end] === 0x0d;
}

/** Whether only spaces and tabs come before an offset on its line. */
function isAtLineStart(bytes: Uint8Array, offset: number, from: number): boolean {
  let at = offset;
  while (at > from && (bytes[at - 1] === 0x20 || bytes[at - 1] === 0x09)) at -= 1;
  return at === from || bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
  return at;
}
