import type { PemFaultCode, PemFaults, TextPlace } from "./fault.ts";
import { PemMap } from "./map.ts";

/**
 * A part of a file, and the line that it starts on. If `lineStart` is smaller than `start`, it starts within that line.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Offset of the first byte of that line. */
  readonly lineStart: number;
}

/** The result of decoding a run of base64 text. */
export interface Decoded {
  readonly der: Uint8Array;
  readonly map: PemMap;
  /** Line on which the range ends, and offset of the first byte of that line. */
  readonly line: number;
  readonly lineStart: number;
  /** Whether that line contains base64. */
  readonly endsWithinLine: boolean;
}

const invalid = 0x40;
const blank = 0x41;
const endOfLine = 0x42;
const padding = 0x43;

/** Value of each base64 character (RFC 4648 section 4); 0x40 and above for every other byte. */
const values = new Uint8Array(256).fill(invalid);
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;
for (const character of " \t\v\f") values[character.charCodeAt(0)] = blank;
for (const character of "\r\n") values[character.charCodeAt(0)] = endOfLine;
values[0x3d] = padding;

/** Returns the value of a character of base64, which the byte must be; see `isBase64`. */
export function base64Value(byte: number): number {
  return values[byte] ?? invalid;
}

/** Whether a byte is one of the 64 characters of base64. */
export function isBase64(byte: number): boolean {
  return base64Value(byte) < invalid;
}

/**
 * Decodes base64 text in one pass, by RFC 4648 section 4 and the layout of RFC 7468 section 2. Bytes that are not
 * base64 are reported and left out. Base64 after the padding is reported and not read.
 */
export function decodeBase64(bytes: Uint8Array, range: TextRange, faults: PemFaults): Decoded {
  return new Decoder(bytes, range, faults).run();
}

/** A complete line of base64: its position, and its number of characters including padding. */
interface Line extends TextPlace {
  readonly offset: number;
  readonly length: number;
}

class Decoder {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #faults: PemFaults;
  readonly #map = new PemMap();
  readonly #der: Uint8Array;
  /** Line of the BEGIN boundary if the range starts on it; 0 if the range starts on its own line. */
  readonly #boundaryLine: number;
  #at: number;
  #line: number;
  #lineStart: number;
  /** Bytes written. */
  #written = 0;
  /** Bits of the characters in an incomplete group of four, and the number of these characters. */
  #bits = 0;
  #pending = 0;
  #padding = 0;
  /** Number of base64 characters before the current line, and on it. */
  #before = 0;
  #onLine = 0;
  #blankOnLine = false;
  #invalidOnLine = false;
  /** The previous line, kept until it is known whether it is the last. */
  #previous: Line | undefined;

  constructor(bytes: Uint8Array, range: TextRange, faults: PemFaults) {
    this.#bytes = bytes;
    this.#at = range.start;
    this.#end = range.end;
    this.#line = range.line;
    this.#lineStart = range.lineStart;
    this.#boundaryLine = range.lineStart < range.start ? range.line : 0;
    this.#faults = faults;
    this.#der = new Uint8Array(Math.ceil(((range.end - range.start) * 3) / 4));
  }

  run(): Decoded {
    while (this.#at < this.#end) {
      const value = values[this.#bytes[this.#at] ?? 0] ?? invalid;
      if (value < invalid) this.#readSegment();
      else if (value === endOfLine) this.#endLine();
      else {
        this.#readOther(value);
        this.#at += 1;
      }
    }
    const endsWithinLine = this.#onLine > 0;
    this.#noteLine();
    if (this.#previous !== undefined && this.#previous.length > 64) this.#reportWidth(this.#previous);
    this.#finish();
    // A body of whitespace only must not keep a buffer of its size alive.
    const whole = this.#written * 2 > this.#der.length;
    const der = whole ? this.#der.subarray(0, this.#written) : this.#der.slice(0, this.#written);
    return { der, map: this.#map, line: this.#line, lineStart: this.#lineStart, endsWithinLine };
  }

  /** Reads consecutive base64 characters: complete groups of four in a single step. */
  #readSegment(): void {
    const bytes = this.#bytes;
    const start = this.#at;
    if (this.#padding > 0) return this.#skipAfterPadding();
    let at = start;
    while (at < this.#end) {
      if (this.#pending === 0) at = this.#readGroups(at);
      const value = at < this.#end ? (values[bytes[at] ?? 0] ?? invalid) : invalid;
      if (value >= invalid) break;
      this.#bits = (this.#bits << 6) | value;
      this.#pending += 1;
      at += 1;
      if (this.#pending === 4) this.#writeGroup();
    }
    this.#at = at;
    this.#map.add(this.#before, this.#place(start), at - start);
    this.#before += at - start;
    this.#onLine += at - start;
  }

  #readGroups(from: number): number {
    const bytes = this.#bytes;
    const der = this.#der;
    const last = this.#end - 4;
    let at = from;
    let written = this.#written;
    while (at <= last) {
      // The casts are free: `at + 3` is inside `bytes`, and the table has 256 elements.
      const a = values[bytes[at] as number] as number;
      const b = values[bytes[at + 1] as number] as number;
      const c = values[bytes[at + 2] as number] as number;
      const d = values[bytes[at + 3] as number] as number;
      if ((a | b | c | d) >= invalid) break;
      der[written] = (a << 2) | (b >> 4);
      der[written + 1] = (b << 4) | (c >> 2);
      der[written + 2] = (c << 6) | d;
      written += 3;
      at += 4;
    }
    this.#written = written;
    return at;
  }

  #writeGroup(): void {
    this.#der[this.#written] = this.#bits >> 16;
    this.#der[this.#written + 1] = this.#bits >> 8;
    this.#der[this.#written + 2] = this.#bits;
    this.#written += 3;
    this.#bits = 0;
    this.#pending = 0;
  }

  #skipAfterPadding(): void {
    this.#fault("base64 continues after its padding; the rest is not read");
    while (this.#at < this.#end && isBase64(this.#bytes[this.#at] ?? 0)) {
      this.#at += 1;
      this.#onLine += 1;
    }
  }

  #readOther(value: number): void {
    if (value === blank) {
      this.#blankOnLine = true;
    } else if (value === padding) {
      this.#padding += 1;
      this.#onLine += 1;
      if (this.#pending + this.#padding > 4 || this.#pending < 2) this.#fault('padding "=" where none belongs');
    } else {
      this.#invalidOnLine = true;
      const byte = this.#bytes[this.#at] ?? 0;
      this.#fault(notBase64(byte));
    }
  }

  /** Skips CR, LF or CRLF (RFC 7468 section 3: eol), and checks the line that ends here. */
  #endLine(): void {
    const isBlank = this.#onLine === 0 && !this.#invalidOnLine;
    if (isBlank && !this.#blankOnLine && this.#line !== this.#boundaryLine) {
      this.#faults.add(
        "input/extraneous-whitespace",
        this.#at,
        this.#place(this.#at),
        () => "blank line inside the block",
      );
    }
    this.#noteLine();
    const bytes = this.#bytes;
    this.#at += bytes[this.#at] === 0x0d && bytes[this.#at + 1] === 0x0a && this.#at + 1 < this.#end ? 2 : 1;
    this.#line += 1;
    this.#lineStart = this.#at;
    this.#onLine = 0;
    this.#blankOnLine = false;
    this.#invalidOnLine = false;
  }

  /**
   * Records the current line, and checks the width of the line before it: only the last line may be shorter than 64.
   */
  #noteLine(): void {
    if (this.#blankOnLine) {
      const place = { line: this.#line, column: 1 };
      this.#faults.add(
        "input/extraneous-whitespace",
        this.#lineStart,
        place,
        () => "whitespace on a line of the block",
      );
    }
    if (this.#onLine === 0) return;
    if (this.#line === this.#boundaryLine) {
      const place = { line: this.#line, column: 1 };
      this.#faults.add(
        "input/line-length-not-64",
        this.#lineStart,
        place,
        () => "base64 starts on the BEGIN line itself",
      );
    }
    if (this.#previous !== undefined && this.#previous.length !== 64) this.#reportWidth(this.#previous);
    this.#previous = { line: this.#line, column: 1, offset: this.#lineStart, length: this.#onLine };
  }

  #reportWidth(line: Line): void {
    this.#faults.add(
      "input/line-length-not-64",
      line.offset,
      line,
      () => `base64 line of ${line.length} characters instead of 64`,
    );
  }

  /** Writes the bytes of an incomplete group of four (RFC 4648 section 4), and checks padding and pad bits. */
  #finish(): void {
    if (this.#pending === 0) return;
    if (this.#pending === 1) {
      this.#faultAtEnd("base64 ends in a group of 1 character, which does not encode a whole byte");
      return;
    }
    const wanted = 4 - this.#pending;
    if (this.#padding < wanted) {
      this.#faultAtEnd(`base64 ends with ${this.#padding} of ${wanted} padding characters "="`);
    }
    const spare = this.#pending === 2 ? 4 : 2;
    if ((this.#bits & ((1 << spare) - 1)) !== 0) {
      this.#faultAtEnd("pad bits of the last base64 character are not zero", "input/base64-pad-bits");
    }
    const bits = this.#bits >> spare;
    if (this.#pending === 3) this.#der[this.#written++] = bits >> 8;
    this.#der[this.#written++] = bits;
  }

  /** Reports a fault on the last line that contains base64. */
  #faultAtEnd(message: string, code: PemFaultCode = "input/base64-invalid"): void {
    const line = this.#previous ?? { ...this.#place(this.#at), offset: this.#at };
    this.#faults.add(code, line.offset, line, () => message);
  }

  #fault(message: string): void {
    this.#faults.add("input/base64-invalid", this.#at, this.#place(this.#at), () => message);
  }

  #place(offset: number): TextPlace {
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

/** Message of the fault for a dot in base64. Documents use dots to abbreviate it. */
export const dotInBase64 = notBase64(0x2e);

function notBase64(byte: number): string {
  const code = `0x${byte.toString(16).padStart(2, "0")}`;
  const shown = byte > 0x20 && byte < 0x7f ? `${code} "${String.fromCharCode(byte)}"` : code;
  return `${shown} is not a base64 character`;
}
