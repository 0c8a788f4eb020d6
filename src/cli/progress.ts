import { escapePath } from "./escape-path.ts";
import type { Io } from "./io.ts";

/** Seconds before the line is shown, and between two of them. */
const patience = 1;
const pause = 0.2;

/** One line on standard error about what is being fetched; only on a terminal, and only where it takes long. */
export class Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #start: number;
  #done = 0;
  #last = 0;
  #isShown = false;

  /** @param total number of URLs to fetch */
  constructor(io: Io, total: number) {
    this.#io = io;
    this.#total = total;
    this.#start = io.now();
  }

  /** Tells of the octets received from a URL. */
  received(url: string, octets: number, expected: number | undefined): void {
    const now = this.#io.now();
    if (!this.#io.isErrorTty || now - this.#start < patience || now - this.#last < pause) return;
    this.#last = now;
    const size = expected === undefined ? mebibytes(octets) : `${mebibytes(octets)} of ${mebibytes(expected)}`;
    const count = this.#total === 1 ? "" : `${this.#done} of ${this.#total} done, `;
    const width = Math.max(20, (this.#io.columns ?? 80) - count.length - size.length - 14);
    const shown = escapePath(url);
    const name = shown.length > width ? `...${shown.slice(-width)}` : shown;
    this.#isShown = true;
    void this.#io.writeError(`\r\u001b[Kfetching ${count}${name}: ${size}`);
  }

  /** Tells that a URL is done with. */
  finished(): void {
    this.#done += 1;
  }

  /** Takes the line away. */
  async clear(): Promise<void> {
    if (this.#isShown) await this.#io.writeError("\r\u001b[K");
  }
}

function mebibytes(octets: number): string {
  return `${(octets / 2 ** 20).toFixed(1)} MiB`;
}
