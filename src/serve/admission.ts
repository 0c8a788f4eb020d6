import { Budget } from "./budget.ts";
import { Problem } from "./problem.ts";

/** Maximum size in bytes of a small input, which never waits for large ones. */
export const smallInput = 2 ** 20;

/** Limits on the work that the service accepts at once. */
export interface AdmissionLimits {
  /** Maximum number of open requests with a body, including those that wait. Further ones are refused. */
  readonly requests: number;
  /** Maximum total size in bytes of the large bodies in memory. Further bodies wait, and are not read meanwhile. */
  readonly bufferBytes: number;
  /** Maximum time in milliseconds that a request waits to be read. */
  readonly queueMs: number;
}

/** Header with the number of seconds after which a client that was refused may try again. */
const retryAfter = { "retry-after": "2" };

/** Admission control for requests with a body. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #space: Budget;
  #inside = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
    this.#space = new Budget(limits.bufferBytes);
  }

  /** Number of open requests. */
  get inside(): number {
    return this.#inside;
  }

  /** Number of requests whose body has not been read yet. */
  get waiting(): number {
    return this.#space.waiting;
  }

  /** Number of bytes reserved for large bodies. */
  get bytes(): number {
    return this.#space.used;
  }

  /**
   * Admits a request when there is space for its body.
   *
   * @param bytes size of its body, or the maximum size
   * @param gone aborts when the client disconnects
   * @returns a function that ends the request, and must be called once
   * @throws Problem if there are too many requests, or no space in time
   */
  async enter(bytes: number, gone: AbortSignal): Promise<() => void> {
    if (this.#inside >= this.#limits.requests) {
      throw new Problem("busy", `${this.#limits.requests} requests are under way`, retryAfter);
    }
    this.#inside += 1;
    try {
      const releaseBytes = await this.#take(bytes, gone);
      return () => {
        this.#inside -= 1;
        releaseBytes();
      };
    } catch (error) {
      this.#inside -= 1;
      throw error;
    }
  }

  async #take(bytes: number, gone: AbortSignal): Promise<() => void> {
    // All admitted small bodies fit: their number is limited by that of requests.
    if (bytes <= smallInput) return () => {};
    const queueAbort = new AbortController();
    const late = new Problem("busy", "the bodies of other requests take up all space", retryAfter);
    const timer = setTimeout(() => queueAbort.abort(late), this.#limits.queueMs);
    const leave = (): void => queueAbort.abort(new Problem("bad-request", "the client disconnected"));
    gone.addEventListener("abort", leave, { once: true });
    try {
      return await this.#space.take(bytes, queueAbort.signal);
    } finally {
      clearTimeout(timer);
      gone.removeEventListener("abort", leave);
    }
  }
}
