import { escapePath } from "../files/escape-path.ts";
import type { Io } from "./io.ts";

/** Seconds before the line is shown, and between two of them. */
const patience = 1;
const pause = 0.2;

/** One line on standard error about what goes on; only on a terminal, and only where it takes long. */
export class StatusLine {
  readonly #io: Io;
  readonly #start: number;
  #last = 0;
  #isShown = false;

  constructor(io: Io) {
    this.#io = io;
    this.#start = io.now();
  }

  /** Shows a text in place of the last one, unless that is quite new. */
  show(text: () => string): void {
    const now = this.#io.now();
    if (now - this.#start < patience || now - this.#last < pause || !this.#io.isErrorTty) return;
    this.#last = now;
    this.#isShown = true;
    void this.#io.writeError(`\r\u001b[K${text()}`);
  }

  /** Takes the line away. */
  async clear(): Promise<void> {
    if (this.#isShown) await this.#io.writeError("\r\u001b[K");
    this.#isShown = false;
  }
}

/** What is said of URLs while they are fetched. */
export class Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #line: StatusLine;
  #done = 0;

  /** @param total number of URLs to fetch */
  constructor(io: Io, total: number) {
    this.#io = io;
    this.#total = total;
    this.#line = new StatusLine(io);
  }

  /** Tells of the octets received from a URL. */
  received(url: string, octets: number, expected: number | undefined): void {
    this.#line.show(() => this.#describe(url, octets, expected));
  }

  #describe(url: string, octets: number, expected: number | undefined): string {
    const size = expected === undefined ? mebibytes(octets) : `${mebibytes(octets)} of ${mebibytes(expected)}`;
    const count = this.#total === 1 ? "" : `${this.#done} of ${this.#total} done, `;
    const width = Math.max(20, (this.#io.columns ?? 80) - count.length - size.length - 14);
    const shown = escapePath(url);
    const name = shown.length > width ? `...${shown.slice(-width)}` : shown;
    return `fetching ${count}${name}: ${size}`;
  }

  /** Tells that a URL is done with. */
  finished(): void {
    this.#done += 1;
  }

  /** Takes the line away. */
  clear(): Promise<void> {
    return this.#line.clear();
  }
}

function mebibytes(octets: number): string {
  return `${(octets / 2 ** 20).toFixed(1)} MiB`;
}
