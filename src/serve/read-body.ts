import { formatCount } from "../rule/format-count.ts";
import { type Place, smallInput } from "./admission.ts";
import { Countdown } from "./countdown.ts";
import { Problem } from "./problem.ts";

/** Limits on the size of a body, and on the time to read it. */
export interface BodyLimits {
  readonly bodyBytes: number;
  readonly bodyMs: number;
}

/** Returns the problem of a body that is too large. The rest of the body is not read. */
function tooLarge({ bodyBytes }: BodyLimits): Problem {
  return new Problem("body-too-large", `the maximum size of a body is ${formatCount(bodyBytes)} bytes`, {
    connection: "close",
  });
}

/**
 * Returns the size of the body that a request states; undefined if it states none, as with chunks.
 *
 * @throws Problem if it exceeds the limit
 */
export function statedSize(request: Request, limits: BodyLimits): number | undefined {
  const stated = request.headers.get("content-length");
  // A value that is not a number has already been refused.
  if (stated === null || !/^\d{1,15}$/u.test(stated)) return undefined;
  if (Number(stated) > limits.bodyBytes) throw tooLarge(limits);
  return Number(stated);
}

/**
 * Reads a body up to the limit. Its bytes take memory as they arrive. It is not read while it waits for memory, and
 * that time does not count.
 *
 * @param stated its size, if known
 * @throws Problem if it is too large, too slow, or ends early, or there is no memory for it
 */
export async function readBody(
  request: Request,
  limits: BodyLimits,
  stated: number | undefined,
  place: Place,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const slow = new Problem("body-timeout", `a body may take ${limits.bodyMs / 1000} s to arrive`, {
    connection: "close",
  });
  let isLate = false;
  const countdown = new Countdown(limits.bodyMs, () => {
    isLate = true;
    void reader.cancel(slow).catch(() => {});
  });
  const take = async (bytes: number): Promise<void> => {
    if (bytes > limits.bodyBytes) throw tooLarge(limits);
    countdown.stop();
    await place.take(bytes);
    countdown.start();
  };
  countdown.start();
  try {
    const body = await readAll(reader, stated ?? limits.bodyBytes, take);
    if (isLate) throw slow;
    return body;
  } catch (error) {
    if (isLate) throw slow;
    if (error instanceof Problem) throw error;
    throw new Problem("bad-request", "the body ended early");
  } finally {
    countdown.stop();
    place.endReceipt();
  }
}

/**
 * Reads all bytes into one buffer, so a large body is never in memory twice.
 *
 * @param most maximum number of bytes: the server passes on at most as many as are stated
 * @param take called with the number of bytes before they are kept
 */
async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  most: number,
  take: (bytes: number) => Promise<void>,
): Promise<Uint8Array<ArrayBuffer>> {
  let body = new Uint8Array(Math.min(most, smallInput));
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return body.subarray(0, length);
    const end = length + value.length;
    await take(end);
    if (end > body.length) {
      const small = body.subarray(0, length);
      // The system provides the memory of this buffer only as it is written.
      body = new Uint8Array(most);
      body.set(small);
    }
    body.set(value, length);
    length = end;
  }
}
