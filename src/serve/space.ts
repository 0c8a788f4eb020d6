/** Limits on the memory for large bodies. */
export interface SpaceLimits {
  /** Maximum total size in bytes of the large bodies in memory. Reading of further bytes waits. */
  readonly bufferBytes: number;
  /** Maximum total size in bytes of those from one address. It is raised to the size of one body. */
  readonly bufferBytesPerAddress: number;
  /** Maximum size in bytes of one body. */
  readonly bodyBytes: number;
}

/** A body that is received, or that has been received and is still in use. */
interface Body {
  /** Address of its client; empty if it has none. */
  readonly address: string;
  /** Number of steps that it has taken. */
  steps: number;
  isReceived: boolean;
}

/** A body that waits for a step. */
interface Waiting {
  readonly body: Body;
  readonly take: () => void;
}

/** Size in bytes of a step. */
const step = 2 ** 20;

/**
 * The memory for large bodies. A body takes it in steps as its bytes arrive, so clients that send nothing occupy none.
 *
 * Bodies that are partly received must not wait for each other. So space for one body is kept for the first of those
 * that are being received, and it can always be finished. The same holds within the part of each address.
 */
export class Space {
  readonly #total: number;
  readonly #perAddress: number;
  readonly #perBody: number;
  /** Bodies with a step, or that wait for one, in the order in which they asked for the first. */
  readonly #bodies = new Set<Body>();
  readonly #waiting = new Set<Waiting>();

  constructor({ bufferBytes, bufferBytesPerAddress, bodyBytes }: SpaceLimits) {
    this.#total = Math.max(1, Math.floor(bufferBytes / step));
    this.#perBody = Math.ceil(bodyBytes / step);
    const perAddress = Math.max(this.#perBody, Math.floor(bufferBytesPerAddress / step));
    this.#perAddress = Math.min(perAddress, this.#total);
  }

  /** Number of bytes that are taken. */
  get used(): number {
    return stepsOf([...this.#bodies]) * step;
  }

  /** Number of bodies that wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Returns a body for which nothing is taken yet. */
  add(address: string): Body {
    return { address, steps: 0, isReceived: false };
  }

  /**
   * Takes space until a body has as much as its bytes need, or all if that is less.
   *
   * @param signal ends the wait
   * @throws the reason of the signal
   */
  async take(body: Body, bytes: number, signal: AbortSignal): Promise<void> {
    const steps = Math.min(Math.ceil(bytes / step), this.#total);
    while (body.steps < steps) {
      signal.throwIfAborted();
      this.#bodies.add(body);
      if (this.#mayTake(body)) body.steps += 1;
      else await this.#wait(body, signal);
    }
  }

  /** Records that no further bytes of a body arrive. */
  endReceipt(body: Body): void {
    body.isReceived = true;
    this.#next();
  }

  /** Gives back the space of a body. */
  release(body: Body): void {
    this.#bodies.delete(body);
    this.#next();
  }

  #mayTake(body: Body): boolean {
    const isFree = (bodies: readonly Body[], limit: number): boolean => {
      const isFirst = bodies.find(({ isReceived }) => !isReceived) === body;
      return stepsOf(bodies) < (isFirst ? limit : limit - this.#perBody);
    };
    const all = [...this.#bodies];
    const own = all.filter(({ address }) => address === body.address);
    return isFree(all, this.#total) && (body.address === "" || isFree(own, this.#perAddress));
  }

  #wait(body: Body, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
      };
      const take = (): void => {
        signal.removeEventListener("abort", giveUp);
        this.#waiting.delete(waiting);
        body.steps += 1;
        resolve();
      };
      const waiting: Waiting = { body, take };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(waiting);
    });
  }

  #next(): void {
    for (const { body, take } of this.#waiting) if (this.#mayTake(body)) take();
  }
}

function stepsOf(bodies: readonly Body[]): number {
  return bodies.reduce((sum, { steps }) => sum + steps, 0);
}
