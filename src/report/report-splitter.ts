/** A text, whole or cut off by the end of what has been read, or one bracket. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\]]/gsu;

const openings = "{[";

/**
 * Takes a json report apart while it is read, so that of a million runs one is held at a time: gives the text of each
 * run, whatever the layout, and keeps the rest. Neither is checked to be JSON: what is none will not parse.
 */
export class ReportSplitter {
  /** Objects and lists that are open. */
  #depth = 0;
  #isList = false;
  /** The report as far as it has been taken, without runs. */
  #rest = "";
  /** What has been taken and is not in `rest`, and how much of it has been looked at. */
  #text = "";
  #seen = 0;

  /** The report with an empty list of runs, once all of it was taken. */
  get rest(): string {
    return this.#rest + this.#text;
  }

  /** Takes the next piece of the report; gives the texts of the runs that end in it. */
  *split(piece: string): Iterable<string> {
    this.#text += piece;
    for (let found = this.#next(); found !== undefined; found = this.#next()) {
      const isOpening = openings.includes(found);
      this.#depth += isOpening ? 1 : -1;
      if (this.#isList) yield* this.#inList(isOpening);
      else if (
        isOpening &&
        this.#depth === 2 &&
        /"runs"\s*:\s*\[$/u.test(this.#text.slice(0, this.#seen).slice(-100))
      ) {
        this.#isList = true;
        this.#rest += this.#cut(this.#seen);
      }
    }
  }

  /** The next bracket outside of texts. */
  #next(): string | undefined {
    for (;;) {
      token.lastIndex = this.#seen;
      const found = token.exec(this.#text);
      const isText = found?.[0].startsWith('"') === true;
      // A text at the very end may go on in the next piece.
      if (found === null || (isText && token.lastIndex === this.#text.length)) {
        this.#seen = found?.index ?? this.#text.length;
        return undefined;
      }
      this.#seen = token.lastIndex;
      if (!isText) return found[0];
    }
  }

  *#inList(isOpening: boolean): Iterable<string> {
    if (isOpening && this.#depth === 3) this.#rest += this.#cut(this.#seen - 1).replace(/^[\s,]*$/u, "");
    else if (!isOpening && this.#depth === 2) yield this.#cut(this.#seen);
    else if (this.#depth === 1) this.#isList = false;
  }

  /** Takes away what stands before a place. */
  #cut(end: number): string {
    const text = this.#text.slice(0, end);
    this.#text = this.#text.slice(end);
    this.#seen -= end;
    return text;
  }
}
