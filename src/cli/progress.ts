import { escapePath } from "../files/escape-path.ts";
import type { Progress } from "../fetch/http-get.ts";
import type { World } from "../files/world.ts";
import type { Io } from "./io.ts";

/** Seconds before the line is first shown, and between two updates. */
const delay = 1;
const pause = 0.2;

/** A line on standard error that shows progress, only on a terminal, and only if the work takes long. */
export class StatusLine {
  readonly #io: Io;
  readonly #start: number;
  #last = 0;
  #isShown = false;

  constructor(io: Io) {
    this.#io = io;
    this.#start = io.now();
  }

  /** Replaces the text of the line, unless it was updated recently. */
  show(text: () => string): void {
    const now = this.#io.now();
    if (now - this.#start < delay || now - this.#last < pause || !this.#io.isErrorTty) return;
    this.#last = now;
    this.#isShown = true;
    void this.#io.writeError(`\r\u001b[K${text()}`);
  }

  /** Removes the line. */
  async clear(): Promise<void> {
    if (this.#isShown) await this.#io.writeError("\r\u001b[K");
    this.#isShown = false;
  }
}

/** Returns the parts of the process that linting files uses. */
export function worldOf({ readStdin, now }: Io, status: StatusLine): World {
  return { readStdin, now, showStatus: status.show.bind(status) };
}

/** Progress line for URLs while they are fetched. */
export class FetchProgress implements Progress {
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

  /** Shows the number of bytes received from a URL. */
  received(url: string, bytes: number, expected: number | undefined): void {
    this.#line.show(() => this.#describe(url, bytes, expected));
  }

  #describe(url: string, bytes: number, expected: number | undefined): string {
    const size = expected === undefined ? mebibytes(bytes) : `${mebibytes(bytes)} of ${mebibytes(expected)}`;
    const count = this.#total === 1 ? "" : `${this.#done} of ${this.#total} done, `;
    const width = Math.max(20, (this.#io.columns ?? 80) - count.length - size.length - 14);
    const shown = escapePath(url);
    const name = shown.length > width ? `...${shown.slice(-width)}` : shown;
    return `fetching ${count}${name}: ${size}`;
  }

  /** Counts a URL as done. */
  finished(): void {
    this.#done += 1;
  }

  /** Removes the line. */
  clear(): Promise<void> {
    return this.#line.clear();
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
