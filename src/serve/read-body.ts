import { formatCount } from "../rule/format-count.ts";
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
 * Reads a body up to the limit. A body with a stated size is kept in memory once; any other is kept twice for a short
 * time.
 *
 * @param stated its size, if known
 * @throws Problem if it is too large, too slow, or ends early
 */
export async function readBody(
  request: Request,
  limits: BodyLimits,
  stated: number | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const slow = new Problem("body-timeout", `a body may take ${limits.bodyMs / 1000} s to arrive`, {
    connection: "close",
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader.cancel(slow).catch(() => {});
  }, limits.bodyMs);
  try {
    const body = await (stated === undefined ? readAll(reader, limits) : readStated(reader, stated));
    if (isLate) throw slow;
    return body;
  } catch (error) {
    if (isLate) throw slow;
    if (error instanceof Problem) throw error;
    throw new Problem("bad-request", "the body ended early");
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a body of a stated size. The server passes on at most that many bytes, and fails if there are fewer. */
async function readStated(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(size);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return length === size ? body : body.slice(0, length);
    body.set(value, length);
    length += value.length;
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limits: BodyLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(pieces, length);
    length += value.length;
    if (length > limits.bodyBytes) throw tooLarge(limits);
    pieces.push(value);
  }
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
