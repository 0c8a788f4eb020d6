import { Budget } from "./budget.ts";
import { Problem } from "./problem.ts";

/** Inputs of up to this many octets are small: what is large never keeps them waiting. */
export const smallInput = 2 ** 20;

/** How much the service takes on at once. */
export interface GateLimits {
  /** Requests with a body that are under way, waiting ones included; more are refused. */
  readonly requests: number;
  /** Octets of the large bodies that are held at once; more wait, and are not read meanwhile. */
  readonly bufferOctets: number;
  /** Milliseconds that a request waits for its turn to be read. */
  readonly queueMs: number;
}

/** Seconds after which a client that was refused may ask again. */
const retryAfter = { "retry-after": "2" };

/** The way in for requests with a body. */
export class Gate {
  readonly #limits: GateLimits;
  readonly #room: Budget;
  #inside = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
    this.#room = new Budget(limits.bufferOctets);
  }

  /** Requests under way. */
  get inside(): number {
    return this.#inside;
  }

  /** Requests of which the body is not read yet. */
  get waiting(): number {
    return this.#room.waiting;
  }

  /** Octets set aside for large bodies. */
  get octets(): number {
    return this.#room.used;
  }

  /**
   * Lets a request in, once there is room for its body.
   *
   * @param octets size of its body, or the most it may have
   * @param gone tells that the client has gone away
   * @returns ends the request; to be called once
   * @throws Problem where there is no place, or none in time
   */
  async enter(octets: number, gone: AbortSignal): Promise<() => void> {
    if (this.#inside >= this.#limits.requests) {
      throw new Problem("busy", `${this.#limits.requests} requests are under way`, retryAfter);
    }
    this.#inside += 1;
    try {
      const giveBack = await this.#take(octets, gone);
      return () => {
        this.#inside -= 1;
        giveBack();
      };
    } catch (error) {
      this.#inside -= 1;
      throw error;
    }
  }

  async #take(octets: number, gone: AbortSignal): Promise<() => void> {
    // There is room for as many small bodies as there are places.
    if (octets <= smallInput) return () => {};
    const patience = new AbortController();
    const late = new Problem("busy", "the bodies of other requests take up all room", retryAfter);
    const timer = setTimeout(() => patience.abort(late), this.#limits.queueMs);
    const leave = (): void => patience.abort(new Problem("bad-request", "the client has gone away"));
    gone.addEventListener("abort", leave, { once: true });
    try {
      return await this.#room.take(octets, patience.signal);
    } finally {
      clearTimeout(timer);
      gone.removeEventListener("abort", leave);
    }
  }
}
