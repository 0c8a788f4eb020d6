import { randomUUID } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Transport } from "../given/other-crl.ts";
import { codeOf, reasonOf } from "../files/system-error.ts";
import { escapeText } from "../name/escape.ts";
import { UsageError } from "../options/usage-error.ts";
import { deadline } from "./abort.ts";
import { PrivateAddressError, ProtocolSwitchError, request } from "./http-request.ts";
import { keeping } from "./keeping.ts";

/** Limits on fetching one URL. */
export interface FetchLimits {
  /** Maximum size of a body in bytes, both as received and decoded. */
  readonly maxSize: number;
  /** Seconds for the whole fetch, including redirects. */
  readonly timeout: number;
  readonly maxRedirects: number;
  /** Whether to send requests to hosts whose addresses are not public. */
  readonly allowPrivate?: boolean;
  /** Directory to which bodies are written while they are received; undefined to keep them in memory. */
  readonly spool?: string;
  /** Bytes for all bodies that are fetched before the first is linted; undefined for no limit. */
  readonly budget?: Budget;
  /** Aborted when all requests must end, also those under way. */
  readonly end?: AbortSignal;
}

/** Number of bytes that several requests share. */
export interface Budget {
  left: number;
}

/** A body as received: in memory or in a file, which is removed when it has been read. */
export type Body = Uint8Array | { readonly path: string };

/** Reads a body. Must be called only once. */
export function readReceived(body: Body): Uint8Array {
  if (body instanceof Uint8Array) return body;
  const { buffer, byteOffset, byteLength } = readFileSync(body.path);
  rmSync(body.path, { force: true });
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * The entity tag by which a server recognizes a copy (RFC 9110 8.8.3). There is none for a time of modification: an
 * older file that is restored with its time looks unmodified.
 */
export interface Condition {
  /** The URL that returned the copy, after redirects. A copy is one of its own URL only (RFC 9111 4). */
  readonly url: string;
  readonly etag: string;
}

/** Outcome of fetching a URL. */
export interface Answer {
  readonly transport: Transport;
  /** The body as received, with its content-encoding; empty if it was not received completely. */
  readonly body: Body;
  /** The entity tag in the last request; undefined if it was unconditional. */
  readonly sentTag?: string;
}

/** Reason why a URL was not fetched completely: one of the user's limits, which is not an error of the server. */
export interface Refusal {
  /** The reason in words, escaped. */
  readonly refused: string;
  /** Advice to the user. */
  readonly help: string;
  /** Whether the URL can be fetched after others have been linted. */
  readonly isPostponed?: boolean;
}

/** Receives the number of bytes received so far, and of all bytes if the server states it. */
export type OnProgress = (received: number, expected: number | undefined) => void;

/** Display of the progress of requests. */
export interface Progress {
  received(url: string, bytes: number, expected: number | undefined): void;
  finished(): void;
}

/** Returns a function that sends a GET request to a URL within limits, and reports the progress. */
export function getWith(limits: FetchLimits, progress: Progress, now: () => number) {
  return async (url: string, condition: Condition | undefined): Promise<Answer | Refusal> => {
    const answer = await get(url, limits, condition, progress.received.bind(progress, url), now);
    progress.finished();
    return answer;
  };
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Sends a GET request to an http or https URL. Errors of the server are never thrown: they are part of the answer. */
async function get(
  url: string,
  limits: FetchLimits,
  condition: Condition | undefined,
  onProgress: OnProgress,
  now: () => number,
): Promise<Answer | Refusal> {
  const started = performance.now();
  if (limits.end?.aborted === true) return ended;
  const { signal, free } = deadline(limits.timeout * 1000, limits.end);
  const state: FetchState = { limits, signal, redirects: [] };
  const outcome = await followRedirects(url, condition, state, onProgress)
    .catch((error: unknown) => explain(error, state))
    .finally(free);
  if ("refused" in outcome) return outcome;
  const { status = 0, headers = {}, failure, body = new Uint8Array(0), sentTag } = outcome;
  const transport: Transport = {
    url,
    redirects: state.redirects,
    status,
    ...(failure && { failure }),
    headers,
    milliseconds: Math.ceil(performance.now() - started),
    receivedAt: now(),
  };
  return { transport, body, ...(sentTag !== undefined && { sentTag }) };
}

/** Refusal of a URL because all requests must end. */
const ended: Refusal = {
  refused: "not fetched: all requests were ended",
  help: "fetch it in another call",
  isPostponed: true,
};

/** State of a request. */
interface FetchState {
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
  readonly redirects: string[];
}

interface FetchOutcome extends Partial<Pick<Transport, "status" | "headers" | "failure">> {
  readonly body?: Body;
  readonly sentTag?: string | undefined;
}

/** Follows redirects to the last answer, and reads its body. */
async function followRedirects(
  start: string,
  condition: Condition | undefined,
  { limits, signal, redirects }: FetchState,
  onProgress: OnProgress,
): Promise<FetchOutcome | Refusal> {
  const { allowPrivate = false } = limits;
  let url = new URL(start);
  const seen = new Set([url.href]);
  for (;;) {
    const sentTag = condition?.url === (redirects.at(-1) ?? start) ? condition.etag : undefined;
    const sent = sentTag === undefined ? {} : { "if-none-match": sentTag };
    const answer = await request(url, { allowPrivate, headers: sent, signal });
    const { statusCode: status = 0 } = answer;
    const { location } = answer.headers;
    if (!redirectStatuses.has(status) || location === undefined) {
      const headers = headersOf(answer);
      return { status, headers, sentTag, ...(await readBody(answer, limits, signal, onProgress)) };
    }
    answer.destroy();
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined;
    if (next === undefined) return failed("it redirects to something that is not a URL");
    redirects.push(next.href);
    if (next.protocol !== "http:" && next.protocol !== "https:")
      return failed("it redirects to a scheme other than http and https");
    if (seen.has(next.href)) return failed("redirect loop");
    if (redirects.length > limits.maxRedirects) return failed(`it redirects more than ${limits.maxRedirects} times`);
    seen.add(next.href);
    url = next;
  }
}

function failed(why: string): FetchOutcome {
  return { failure: { why, by: "server" } };
}

/**
 * Returns header fields by their names in lower case. Repeated ones are joined (RFC 9110 5.3). `headersDistinct` throws
 * for a field named `__proto__` in Node before 20.20.2.
 */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? "";
    const value = rawHeaders[i + 1] ?? "";
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}

async function readBody(
  answer: IncomingMessage,
  { maxSize, spool, budget = { left: Infinity } }: FetchLimits,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<FetchOutcome | Refusal> {
  const length = answer.headers["content-length"];
  const expected = length !== undefined && /^\d{1,15}$/u.test(length) ? Number(length) : undefined;
  if (expected !== undefined && expected > maxSize) {
    answer.destroy();
    return tooLarge(maxSize);
  }
  const sink = spool === undefined ? new MemorySink() : new FileSink(spool);
  let received = 0;
  let isWhole = false;
  try {
    // Leaving the loop early closes the connection.
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      received += chunk.length;
      budget.left -= chunk.length;
      if (received > maxSize) return tooLarge(maxSize);
      if (budget.left < 0) return notTogether;
      sink.write(chunk);
      onProgress(received, expected);
    }
    isWhole = true;
    return { body: sink.end() };
  } catch (error) {
    // If the connection was closed because of the timeout, the caller reports that.
    if (signal.aborted || codeOf(error) !== "ECONNRESET") throw error;
    const of = expected === undefined ? "" : ` of ${expected}`;
    return { failure: { why: `the connection was closed after ${received}${of} bytes`, by: "anyone" } };
  } finally {
    if (!isWhole) {
      budget.left += received;
      sink.drop();
    }
  }
}

/** Refusal of a body that does not fit into the memory together with the others. */
export const notTogether: Refusal = {
  refused: "not fetched with the others, which are large",
  help: "fetch it in a call of its own: together, CRLs may have four times --max-size",
  isPostponed: true,
};

/** Destination for the bytes of a body. */
interface Sink {
  write(chunk: Uint8Array): void;
  end(): Body;
  /** Removes the bytes that were written. */
  drop(): void;
}

class MemorySink implements Sink {
  readonly #chunks: Uint8Array[] = [];

  write(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  end(): Uint8Array {
    const { buffer, byteOffset, byteLength } = Buffer.concat(this.#chunks);
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  drop(): void {}
}

/**
 * A sink that writes to a file. Its methods throw a UsageError if that fails: a full disk is not an error of the
 * server.
 */
class FileSink implements Sink {
  readonly #folder: string;
  readonly #path: string;
  readonly #descriptor: number;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, randomUUID());
    this.#descriptor = keeping(folder, () => openSync(this.#path, "wx"));
  }

  write(chunk: Uint8Array): void {
    keeping(this.#folder, () => {
      for (let done = 0; done < chunk.length;) done += writeSync(this.#descriptor, chunk, done);
    });
  }

  end(): Body {
    closeSync(this.#descriptor);
    return { path: this.#path };
  }

  drop(): void {
    closeSync(this.#descriptor);
    rmSync(this.#path, { force: true });
  }
}

/** Help for a CRL that is larger than the limit. */
export const tooLargeHelp =
  "raise --max-size if the CRL is that large; monitor also requires a --memory of four times its size";

function tooLarge(maxSize: number): Refusal {
  return { refused: `more than ${maxSize} bytes are not fetched`, help: tooLargeHelp };
}

/** Meaning of error codes of Node and OpenSSL, and whether the cause is certainly the server. */
const faults: Readonly<Record<string, readonly [why: string, by: "server" | "anyone"]>> = {
  ENOTFOUND: ["its host does not exist", "server"],
  ENODATA: ["its host has no address", "server"],
  ECONNREFUSED: ["connection refused", "server"],
  ECONNRESET: ["the connection was closed without an answer", "anyone"],
  EPIPE: ["the connection was closed without an answer", "anyone"],
  ETIMEDOUT: ["the connection timed out", "anyone"],
  EAI_AGAIN: ["its host could not be looked up", "anyone"],
  ENETUNREACH: ["its network cannot be reached", "anyone"],
  EHOSTUNREACH: ["its host cannot be reached", "anyone"],
};

function explain(error: unknown, { limits, signal }: FetchState): FetchOutcome | Refusal {
  if (error instanceof PrivateAddressError) {
    const where =
      error.address === "" ? "its host has no address" : `its address ${escapeText(error.address)} is not public`;
    return { refused: `not fetched: ${where}`, help: "give --allow-private to fetch from hosts of your own" };
  }
  if (error instanceof UsageError) throw error;
  if (limits.end?.aborted === true) return ended;
  if (signal.aborted) return { failure: { why: `no whole answer within ${limits.timeout} s`, by: "anyone" } };
  if (error instanceof ProtocolSwitchError) return failed("it switches to another protocol (status 101)");
  const code = codeOf(error) ?? "unknown reason";
  const [why, by] = faults[code] ?? [`there is no answer (${code})`, "anyone"];
  if (code.startsWith("HPE_")) return failed(`its answer is not HTTP (${code})`);
  if (/CERT|TLS|SSL/u.test(code)) return failed(`its TLS connection cannot be trusted (${code})`);
  return { failure: { why, by } };
}

/** Returns the reason in words why a request has no answer. */
export function whyNoAnswer(error: unknown): string {
  return faults[codeOf(error) ?? ""]?.[0] ?? reasonOf(error);
}
