import { escapeText } from "../name/escape.ts";
import type { Transport } from "../given/other-crl.ts";
import type { Context, Violation } from "../rule/rule.ts";

/** An empty range without a path: the defect is in how the CRL was served. */
export const nowhere: Pick<Violation, "at" | "path"> = { at: { start: 0, end: 0 }, path: "" };

/** Statuses of success that do not have the content of the URL, or not all of it (RFC 9110 15.3). */
const withoutContent: ReadonlySet<number> = new Set([204, 205, 206]);

/**
 * Whether the server sent the content of the URL (RFC 9110 15.3), or confirmed that a copy is current (304). Without a
 * copy, there is no CRL after a 304.
 */
export function isServed({ transport, identity, crl }: Context<"transport">): boolean {
  const { status, failure } = transport;
  if (failure !== undefined) return false;
  if (status === 304) return identity.kind === crl.form;
  return status >= 200 && status < 300 && !withoutContent.has(status);
}

/** Whether a header field states that the body is encoded (RFC 9110 8.4). */
export function statesEncoding({ headers }: Transport): boolean {
  return !/^(?:identity)?$/iu.test((headers["content-encoding"] ?? "").trim());
}

/** Returns a URL for a message. */
export function showUrl(url: string): string {
  return `"${escapeText(url)}"`;
}

/**
 * Returns the value of a cache-control directive (RFC 9111 5.2) in seconds; undefined if it is absent or not a number.
 */
function directive(control: string, name: string): number | undefined {
  const value = new RegExp(String.raw`(?:^|,)\s*${name}\s*=\s*"?(?<seconds>\d{1,10})"?\s*(?:,|$)`, "iu").exec(control);
  return value?.groups === undefined ? undefined : Number(value.groups["seconds"]);
}

/** The time for which caches may keep an answer, and the header field that states it. */
export interface Freshness {
  /** Time at which it becomes stale, in seconds since 1970. */
  readonly until: number;
  /** The header field: `cache-control: max-age=86400`, escaped. */
  readonly by: string;
}

/**
 * Returns the time until which a shared cache may serve an answer without validating it (RFC 9111 4.2.1): s-maxage,
 * else max-age, less its Age, else Expires. Undefined if the cache may not do so, or if no header states it: heuristics
 * depend on the cache.
 */
export function freshUntil({ headers, receivedAt }: Transport): Freshness | undefined {
  const control = headers["cache-control"] ?? "";
  if (/(?:^|[\s,])(?:no-store|no-cache|private)(?:[\s,=]|$)/iu.test(control)) return undefined;
  const age = /^\d{1,10}$/u.test(headers["age"] ?? "") ? Number(headers["age"]) : 0;
  for (const name of ["s-maxage", "max-age"]) {
    const lifetime = directive(control, name);
    if (lifetime === undefined) continue;
    const by = `cache-control: ${name}=${lifetime}${age === 0 ? "" : `, age: ${age}`}`;
    return { until: receivedAt + lifetime - age, by };
  }
  const expires = headers["expires"];
  const moment = expires === undefined ? Number.NaN : Date.parse(expires);
  return Number.isNaN(moment) ? undefined : { until: moment / 1000, by: `expires: ${escapeText(expires ?? "")}` };
}

/** Whether the server rejects the request because the client sends too many (RFC 6585 4). */
export function isRateLimit({ status, failure }: Transport): boolean {
  return failure === undefined && status === 429;
}
