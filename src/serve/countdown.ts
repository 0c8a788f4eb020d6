/** Calls a function after some time. The time during which it is stopped does not count. */
export class Countdown {
  readonly #end: () => void;
  #ms: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** The countdown is stopped at first. */
  constructor(ms: number, end: () => void) {
    this.#ms = ms;
    this.#end = end;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#end, this.#ms);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ms = Math.max(0, this.#ms - (performance.now() - this.#startedAt));
  }
}
