import { Countdown } from "./countdown.ts";
import { Problem } from "./problem.ts";
import { Space, type SpaceLimits } from "./space.ts";

/** Maximum size in bytes of a small input, which never waits for large ones. */
export const smallInput = 2 ** 20;

/** Limits on the work that the service accepts at once. */
export interface AdmissionLimits extends SpaceLimits {
  /** Maximum number of open requests with a body, including those that wait. Further ones are refused. */
  readonly requests: number;
  /** Maximum number of those from one address. One connection can have many. */
  readonly requestsPerAddress: number;
  /** Maximum time in milliseconds that a request waits for memory while its body is read. */
  readonly queueMs: number;
}

/** A request that was admitted. */
export interface Place {
  /**
   * Reserves memory as the body arrives.
   *
   * @param bytes size of the part that has arrived
   * @throws Problem if there is no memory in time, or the client disconnects
   */
  readonly take: (bytes: number) => Promise<void>;
  /** Records that no further bytes of the body arrive. */
  readonly endReceipt: () => void;
  /** Ends the request. Must be called once. */
  readonly leave: () => void;
}

/** Header with the number of seconds after which a client that was refused may try again. */
const retryAfter = { "retry-after": "2" };

/** Admission control for requests with a body. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #space: Space;
  /** Open requests, by the address of the client. */
  readonly #inside = new Map<Place, string>();

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
    this.#space = new Space(limits);
  }

  /** Number of open requests. */
  get inside(): number {
    return this.#inside.size;
  }

  /** Number of requests whose body waits for memory. */
  get waiting(): number {
    return this.#space.waiting;
  }

  /** Number of bytes reserved for large bodies. */
  get bytes(): number {
    return this.#space.used;
  }

  /**
   * Admits a request.
   *
   * @param address address of the client; empty if it has none
   * @param gone aborts when the client disconnects
   * @throws Problem if there are too many requests
   */
  enter(address: string, gone: AbortSignal): Place {
    const { requests, requestsPerAddress, queueMs } = this.#limits;
    if (this.inside >= requests) throw new Problem("busy", `${requests} requests are under way`, retryAfter);
    const own = [...this.#inside.values()].filter((other) => other === address).length;
    if (address !== "" && own >= requestsPerAddress) {
      throw new Problem("busy", `${requestsPerAddress} requests from this address are under way`, retryAfter);
    }
    const space = this.#space;
    const body = space.add(address);
    const waitEnd = new AbortController();
    const late = new Problem("busy", "the bodies of other requests take up all space", retryAfter);
    const countdown = new Countdown(queueMs, () => waitEnd.abort(late));
    const disconnect = (): void => waitEnd.abort(new Problem("bad-request", "the client disconnected"));
    gone.addEventListener("abort", disconnect, { once: true });
    const place: Place = {
      take: async (bytes) => {
        // All admitted small bodies fit: their number is limited by that of requests.
        if (bytes <= smallInput) return;
        countdown.start();
        try {
          await space.take(body, bytes, waitEnd.signal);
        } finally {
          countdown.stop();
        }
      },
      endReceipt: () => space.endReceipt(body),
      leave: () => {
        gone.removeEventListener("abort", disconnect);
        this.#inside.delete(place);
        space.release(body);
      },
    };
    this.#inside.set(place, address);
    return place;
  }
}
