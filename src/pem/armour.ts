import { usualLimits } from "../der/limits.ts";
import type { Span } from "../der/span.ts";
import { decodeBase64 } from "./base64.ts";
import { type Boundary, findBoundary } from "./boundary.ts";
import { PemFaults, type PemFaultGroup, type TextPlace } from "./fault.ts";
import { skipHeaders } from "./headers.ts";
import { Lines } from "./lines.ts";
import { PemMap } from "./map.ts";

/** One textual encoding: from the first dash of its BEGIN line to the last of its END line. */
export interface PemBlock extends Span {
  readonly label: string;
  /** Where its BEGIN boundary stands. */
  readonly place: TextPlace;
  /** What its base64 holds; empty for a private key, which is not decoded. */
  readonly der: Uint8Array;
  readonly isPrivateKey: boolean;
  readonly map: PemMap;
  readonly faults: readonly PemFaultGroup[];
}

/** A file of textual encodings, in the order of the file. */
export interface PemDocument {
  readonly blocks: readonly PemBlock[];
  /** Faults that belong to no single block: text around them, more blocks than one. */
  readonly faults: readonly PemFaultGroup[];
}

/**
 * Finds and decodes the textual encodings in a file, by the lax grammar of RFC 7468 section 3: text around the blocks,
 * any line width, blanks and headers are read over and reported. Time is linear in the size of the file.
 *
 * @param most blocks that are read; more are counted and reported as `input/over-limit`
 */
export function readPem(bytes: Uint8Array, most = usualLimits.blocks): PemDocument {
  return new Reader(bytes, most).run();
}

/**
 * Decodes a file that is base64 without boundaries.
 *
 * @param start first octet of the base64: behind a byte order mark
 */
export function readBareBase64(bytes: Uint8Array, start: number): Omit<PemBlock, "label" | "place" | "isPrivateKey"> {
  const faults = new PemFaults();
  const range = { start, end: bytes.length, line: 1, lineStart: start };
  const { der, map } = decodeBase64(bytes, range, faults);
  // RFC 7468 lays out what stands between boundaries; here only the characters can be wrong.
  const groups = faults.groups().filter(({ code }) => code.startsWith("input/base64-"));
  return { start, end: bytes.length, der, map, faults: groups };
}

/** Length of the UTF-8 byte order mark that a file starts with: 3 or 0. */
export function byteOrderMarkLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #most: number;
  readonly #lines: Lines;
  readonly #faults = new PemFaults();
  readonly #blocks: PemBlock[] = [];
  #found = 0;

  constructor(bytes: Uint8Array, most: number) {
    this.#bytes = bytes;
    this.#most = most;
    this.#lines = new Lines(bytes, byteOrderMarkLength(bytes));
  }

  run(): PemDocument {
    if (this.#lines.at > 0) {
      this.#faults.add(
        "input/explanatory-text-or-headers",
        0,
        this.#lines.place,
        () => "byte order mark at the start of the file",
      );
    }
    let boundary = this.#nextBegin();
    while (boundary !== undefined) {
      this.#readBlock(boundary, boundary.label);
      boundary = this.#nextBegin();
    }
    if (this.#found > this.#most) {
      const message = `${this.#found} PEM blocks; only the first ${this.#most} are read`;
      this.#faults.add("input/over-limit", this.#bytes.length, this.#lines.place, () => message);
    }
    return { blocks: this.#blocks, faults: this.#faults.groups() };
  }

  /** Walks over text up to the next BEGIN boundary that has a line to itself or stands right behind another block. */
  #nextBegin(): (Boundary & { readonly label: string }) | undefined {
    let reported = false;
    const walk = (end: number): void => {
      const text = this.#lines.walk(end);
      if (text === undefined || reported) return;
      reported = true;
      const where = this.#found === 0 ? "outside a block" : `behind block ${this.#found}`;
      this.#faults.add("input/explanatory-text-or-headers", text.offset, text.place, () => `text ${where}`);
    };
    let boundary = findBoundary(this.#bytes, this.#lines.at);
    while (boundary !== undefined) {
      walk(boundary.start);
      const { type, label } = boundary;
      if (type === "BEGIN" && label !== undefined && this.#lines.blankSoFar) return { ...boundary, label };
      walk(boundary.end);
      boundary = findBoundary(this.#bytes, boundary.end);
    }
    walk(this.#bytes.length);
    return undefined;
  }

  #readBlock(begin: Boundary, label: string): void {
    const lines = this.#lines;
    const place = lines.place;
    const faults = new PemFaults();
    this.#found += 1;
    if (this.#found > 1) {
      const message = `PEM block ${this.#found} of the file`;
      this.#faults.add("input/multiple-objects", begin.start, place, () => message);
    }
    const next = findBoundary(this.#bytes, begin.end);
    const bodyEnd = next?.start ?? this.#bytes.length;
    lines.walk(begin.end);
    const isPrivateKey = label.includes("PRIVATE KEY");
    let content: Pick<PemBlock, "der" | "map"> = { der: new Uint8Array(0), map: new PemMap() };
    if (isPrivateKey || this.#found > this.#most) lines.walk(bodyEnd);
    else content = this.#decodeBody(bodyEnd, next, faults);
    if (next?.type === "END") {
      if (next.label !== label) {
        const message =
          next.label === undefined ? "END line breaks off" : `END label is not the BEGIN label "${label}"`;
        faults.add("input/base64-invalid", next.start, lines.place, () => message);
      }
      lines.walk(next.end);
    } else {
      faults.add("input/base64-invalid", begin.start, place, () => `no END line for "${label}"`);
    }
    lines.jump(lines.at, lines.line, lines.lineStart);
    if (this.#found > this.#most) return;
    this.#blocks.push({
      label,
      place,
      isPrivateKey,
      start: begin.start,
      end: lines.at,
      der: content.der,
      map: content.map,
      faults: faults.groups(),
    });
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
