/** A request that waits for its share. */
interface Waiting {
  readonly amount: number;
  readonly take: () => void;
}

/** A limited amount of something, such as bytes or places. Requests for it are served in turn. */
export class Budget {
  readonly #total: number;
  readonly #queue: Waiting[] = [];
  #used = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** Amount that is in use. */
  get used(): number {
    return this.#used;
  }

  /** Number of requests that wait. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Takes an amount, or the total if that is less, after all earlier requests are served.
   *
   * @param signal ends the wait
   * @param isNext whether to be served before all others
   * @returns a function that gives the amount back, and must be called once
   * @throws the reason of the signal
   */
  async take(amount: number, signal: AbortSignal, isNext = false): Promise<() => void> {
    signal.throwIfAborted();
    const wanted = Math.min(amount, this.#total);
    if (this.#queue.length > 0 || this.#used + wanted > this.#total) await this.#wait(wanted, signal, isNext);
    else this.#used += wanted;
    return () => {
      this.#used -= wanted;
      this.#next();
    };
  }

  #wait(amount: number, signal: AbortSignal, isNext: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal.reason as Error);
        // The next request may need less.
        this.#next();
      };
      const take = (): void => {
        signal.removeEventListener("abort", giveUp);
        this.#used += amount;
        resolve();
      };
      const waiting: Waiting = { amount, take };
      signal.addEventListener("abort", giveUp, { once: true });
      if (isNext) this.#queue.unshift(waiting);
      else this.#queue.push(waiting);
    });
  }

  #next(): void {
    for (;;) {
      const [first] = this.#queue;
      if (first === undefined || this.#used + first.amount > this.#total) return;
      this.#queue.shift();
      first.take();
    }
  }
}
