const openings = "{[";

/** Number of characters before a bracket in which the name of its field is searched. */
const nameSize = 100;

/**
 * Splits a json report while it is read, so only one of 1,000,000 runs is in memory at a time. It returns the text of
 * each run, whatever the layout, and keeps the rest. It takes time proportional to the length of the text. It does not
 * check that the texts are JSON: invalid JSON fails later, when it is parsed.
 */
export class ReportSplitter {
  /** Number of open objects and lists. */
  #depth = 0;
  /** Whether the list of runs is open. */
  #isInRuns = false;
  /** Whether the text so far ends in a string, and there after the backslash of an escape. */
  #isInString = false;
  #isEscaped = false;
  /** The text so far without runs. */
  #rest = "";
  /** Text of earlier pieces that is not yet in `#rest`. It is not searched again. */
  #text = "";
  /** The end of the text so far. */
  #tail = "";

  /** The report with an empty list of runs, after its last piece. */
  get rest(): string {
    return this.#rest + this.#text;
  }

  /** Adds the next piece of the report, and returns the texts of the runs that end in it. */
  *split(piece: string): Iterable<string> {
    /** Start of the text in the piece that was not cut yet. */
    let start = 0;
    const cut = (end: number): string => {
      const text = this.#text + piece.slice(start, end);
      this.#text = "";
      start = end;
      return text;
    };
    for (let at = this.#nextBracket(piece, 0); at < piece.length; at = this.#nextBracket(piece, at + 1)) {
      const isOpening = openings.includes(piece.charAt(at));
      this.#depth += isOpening ? 1 : -1;
      if (!this.#isInRuns) {
        if (!isOpening || this.#depth !== 2 || !this.#isNamedRuns(piece, at)) continue;
        this.#isInRuns = true;
        this.#rest += cut(at + 1);
      } else if (isOpening && this.#depth === 3) this.#rest += cut(at).replace(/^[\s,]*$/u, "");
      else if (!isOpening && this.#depth === 2) yield cut(at + 1);
      else if (this.#depth === 1) this.#isInRuns = false;
    }
    this.#text += piece.slice(start);
    this.#tail = (this.#tail + piece.slice(-nameSize)).slice(-nameSize);
  }

  /** Returns the position of the next bracket outside of strings; the length of the piece if there is none. */
  #nextBracket(piece: string, from: number): number {
    for (let at = from; at < piece.length; at += 1) {
      const character = piece.charAt(at);
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '"') this.#isInString = !this.#isInString;
      else if (this.#isInString) this.#isEscaped = character === "\\";
      else if (character === "{" || character === "}" || character === "[" || character === "]") return at;
    }
    return piece.length;
  }

  /** Whether the bracket at a position opens the list of a field `runs`. */
  #isNamedRuns(piece: string, at: number): boolean {
    const before = this.#tail + piece.slice(Math.max(0, at + 1 - nameSize), at + 1);
    return /(?<!\\)"runs"\s*:\s*\[$/u.test(before.slice(-nameSize));
  }
}
