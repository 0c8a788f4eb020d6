import { Budget } from "./budget.ts";
import { Problem } from "./problem.ts";

/** Inputs of up to this many bytes are small: they never wait for large ones. */
export const smallInput = 2 ** 20;

/** How much the service takes on at once. */
export interface GateLimits {
  /** Requests with a body that are under way, waiting ones included; more are refused. */
  readonly requests: number;
  /** Bytes of the large bodies that are held at once; further bodies wait, and are not read meanwhile. */
  readonly bufferBytes: number;
  /** Milliseconds that a request waits for its turn to be read. */
  readonly queueMs: number;
}

/** Seconds after which a client that was refused may ask again. */
const retryAfter = { "retry-after": "2" };

/** The way in for requests with a body. */
export class Gate {
  readonly #limits: GateLimits;
  readonly #space: Budget;
  #inside = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
    this.#space = new Budget(limits.bufferBytes);
  }

  /** Requests under way. */
  get inside(): number {
    return this.#inside;
  }

  /** Requests whose body is not read yet. */
  get waiting(): number {
    return this.#space.waiting;
  }

  /** Bytes reserved for large bodies. */
  get bytes(): number {
    return this.#space.used;
  }

  /**
   * Admits a request, once there is space for its body.
   *
   * @param bytes size of its body, or the maximum size
   * @param gone aborts when the client disconnects
   * @returns ends the request; to be called once
   * @throws Problem if there is no place, or none in time
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
    // There is space for as many small bodies as there are places.
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
