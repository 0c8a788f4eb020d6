import type { TextPlace } from "./fault.ts";

/** The place of text that is not whitespace. */
export interface TextFound {
  readonly offset: number;
  readonly place: TextPlace;
}

/** Walks forward over text and counts its lines, which end in CR, LF or CRLF (RFC 7468 section 3: eol). */
export class Lines {
  readonly #bytes: Uint8Array;
  #at: number;
  #line = 1;
  #lineStart: number;
  #blankSoFar = true;

  /** @param start where line 1 starts: after a byte order mark */
  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#lineStart = start;
  }

  get at(): number {
    return this.#at;
  }

  get line(): number {
    return this.#line;
  }

  /** Offset of the first byte of the line. */
  get lineStart(): number {
    return this.#lineStart;
  }

  /** Whether only spaces and tabs were walked over since the line began, or since the last `jump`. */
  get blankSoFar(): boolean {
    return this.#blankSoFar;
  }

  /** Line and column that the walk has reached. */
  get place(): TextPlace {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /**
   * Walks on up to `end`.
   *
   * @returns the first byte on the way that is neither a space or tab nor an end of line
   */
  walk(end: number): TextFound | undefined {
    let found: TextFound | undefined;
    for (; this.#at < end; this.#at += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === 0x0a || byte === 0x0d) this.#endLine(byte);
      else if (byte !== 0x20 && byte !== 0x09) {
        this.#blankSoFar = false;
        found ??= { offset: this.#at, place: this.place };
      }
    }
    return found;
  }

  /** Goes on at another place, whose line was counted by someone else. */
  jump(at: number, line: number, lineStart: number): void {
    this.#at = at;
    this.#line = line;
    this.#lineStart = lineStart;
    this.#blankSoFar = true;
  }

  #endLine(byte: number): void {
    this.#blankSoFar = true;
    // The LF of a CRLF ends the line, not its CR.
    if (byte === 0x0d && this.#bytes[this.#at + 1] === 0x0a) return;
    this.#line += 1;
    this.#lineStart = this.#at + 1;
  }
}
