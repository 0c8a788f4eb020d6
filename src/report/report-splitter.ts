/** A string, complete or cut by the end of the text so far, or one bracket. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\]]/gsu;

const openings = "{[";

/**
 * Splits a json report while it is read, so only one of 1,000,000 runs is in memory at a time. It returns the text of
 * each run, whatever the layout, and keeps the rest. It does not check that the texts are JSON: invalid JSON fails
 * later, when it is parsed.
 */
export class ReportSplitter {
  /** Number of open objects and lists. */
  #depth = 0;
  /** Whether the list of runs is open. */
  #isInRuns = false;
  /** The text so far without runs. */
  #rest = "";
  /** Text that is not yet in `#rest`, and the number of its characters that were searched. */
  #text = "";
  #seen = 0;

  /** The report with an empty list of runs, after its last piece. */
  get rest(): string {
    return this.#rest + this.#text;
  }

  /** Adds the next piece of the report, and returns the texts of the runs that end in it. */
  *split(piece: string): Iterable<string> {
    this.#text += piece;
    for (let found = this.#next(); found !== undefined; found = this.#next()) {
      const isOpening = openings.includes(found);
      this.#depth += isOpening ? 1 : -1;
      if (this.#isInRuns) yield* this.#inRuns(isOpening);
      else if (
        isOpening &&
        this.#depth === 2 &&
        /"runs"\s*:\s*\[$/u.test(this.#text.slice(0, this.#seen).slice(-100))
      ) {
        this.#isInRuns = true;
        this.#rest += this.#cut(this.#seen);
      }
    }
  }

  /** Returns the next bracket outside of strings. */
  #next(): string | undefined {
    for (;;) {
      token.lastIndex = this.#seen;
      const found = token.exec(this.#text);
      const isString = found?.[0].startsWith('"') === true;
      // A string at the end may continue in the next piece.
      if (found === null || (isString && token.lastIndex === this.#text.length)) {
        this.#seen = found?.index ?? this.#text.length;
        return undefined;
      }
      this.#seen = token.lastIndex;
      if (!isString) return found[0];
    }
  }

  *#inRuns(isOpening: boolean): Iterable<string> {
    if (isOpening && this.#depth === 3) this.#rest += this.#cut(this.#seen - 1).replace(/^[\s,]*$/u, "");
    else if (!isOpening && this.#depth === 2) yield this.#cut(this.#seen);
    else if (this.#depth === 1) this.#isInRuns = false;
  }

  /** Removes and returns the text before a position. */
  #cut(end: number): string {
    const text = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#seen -= end;
    return text;
  }
}
