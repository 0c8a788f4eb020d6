import type { TextPlace } from "./fault.ts";

/** Position of text that is not whitespace. */
export interface TextFound {
  readonly offset: number;
  readonly place: TextPlace;
}

/** Moves forward over text and counts its lines, which end in CR, LF or CRLF (RFC 7468 section 3: eol). */
export class Lines {
  readonly #bytes: Uint8Array;
  #at: number;
  #line = 1;
  #lineStart: number;
  #blankSoFar = true;

  /** @param start offset of line 1: after a byte order mark */
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

  /** Whether there were only spaces and tabs since the start of the line, or since the last `jump`. */
  get blankSoFar(): boolean {
    return this.#blankSoFar;
  }

  /** Current line and column. */
  get place(): TextPlace {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /**
   * Moves forward to `end`.
   *
   * @returns the first byte before `end` that is neither a space or tab nor an end of line
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

  /** Continues at another offset, whose line the caller has counted. */
  jump(at: number, line: number, lineStart: number): void {
    this.#at = at;
    this.#line = line;
    this.#lineStart = lineStart;
    this.#blankSoFar = true;
  }

  #endLine(byte: number): void {
    this.#blankSoFar = true;
    // A CRLF ends its line at the LF, not at the CR.
    if (byte === 0x0d && this.#bytes[this.#at + 1] === 0x0a) return;
    this.#line += 1;
    this.#lineStart = this.#at + 1;
  }
}
