import { bigInteger } from "../der/integer.ts";
import { contentLength, type Tlv } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import type { OtherCrl } from "../given/other-crl.ts";
import { placeIn } from "./predecessor.ts";
import { formatDuration } from "../rule/format-duration.ts";
import type { Severity } from "../rule/report.ts";
import type { Context, Violation } from "../rule/rule.ts";

/** Maximum number of bytes of a CRL number that is compared: the maximum length of a cRLNumber (RFC 5280 5.2.3). */
const longestNumber = 20;

/**
 * Returns the difference between the cRLNumber of a CRL and that of the previous one: at most this many CRLs of the
 * series were issued since. Undefined if one of them has no number, or the number does not increase.
 */
export function countSteps({ crl }: OtherCrl, current: Context<never>["crl"]): number | undefined {
  const from = numberOf(crl.source.bytes, crl.crlNumber);
  const to = numberOf(current.source.bytes, current.crlNumber);
  return from === undefined || to === undefined || to <= from ? undefined : Number(to - from);
}

function numberOf(bytes: Uint8Array, number: Tlv | undefined): bigint | undefined {
  return number === undefined || contentLength(number) > longestNumber ? undefined : bigInteger(bytes, number);
}

/** Note for two CRLs between which others may have been issued. */
export const uncounted =
  "severity capped: without increasing CRL numbers it is unknown whether a CRL was issued between the two";

/** The maximum time from one CRL to the next. */
export interface IntervalLimit {
  /** The limit in words: `604,800 s (7 days)`. */
  readonly text: string;
  /** Returns the latest time for the CRL that is `steps` CRLs after the one of `from`, both in seconds since 1970. */
  latest(from: number, steps: number): number;
  /** Severity if the CRLs between the two cannot be counted. */
  readonly uncounted: Severity;
}

/** Returns a limit in days. */
export function limitOfDays(days: number, unproven: Severity): IntervalLimit {
  return limitOfSeconds(days * 86_400, unproven);
}

/** Returns a limit in seconds. */
export function limitOfSeconds(seconds: number, unproven: Severity): IntervalLimit {
  return { text: formatDuration(seconds), uncounted: unproven, latest: (from, steps) => from + steps * seconds };
}

/**
 * Whether a CRL was issued too late after the previous one. If the numbers of the two differ by n, at most n - 1 CRLs
 * were issued between them. If more than n times the limit has passed, one of these CRLs was issued too late.
 */
export function isBeyond(
  { predecessor, thisUpdate, crl }: Context<"predecessor" | "thisUpdate">,
  limit: IntervalLimit,
): boolean {
  const before = predecessor.crl.thisUpdate?.seconds;
  return before !== undefined && thisUpdate.seconds > limit.latest(before, countSteps(predecessor, crl) ?? 1);
}

/** Reports a CRL that was issued too late after the previous one. */
export function reportInterval(
  ctx: Context<"predecessor" | "thisUpdate">,
  limit: IntervalLimit,
  more: Partial<Violation> = {},
): void {
  const { predecessor, thisUpdate, crl } = ctx;
  const before = predecessor.crl.thisUpdate;
  const interval = thisUpdate.seconds - (before?.seconds ?? Number.NaN);
  const steps = countSteps(predecessor, crl);
  const between = (steps ?? 1) - 1;
  const reach =
    between === 0
      ? `the maximum is ${limit.text}`
      : `with at most ${between} CRL${between === 1 ? "" : "s"} between the two, one came later than ${limit.text} after its predecessor`;
  ctx.report({
    at: thisUpdate,
    path: "tbsCertList.thisUpdate",
    message: `thisUpdate ${isoTime(thisUpdate.seconds)} is ${formatDuration(interval)} after that of the previous CRL; ${reach}`,
    ...(steps === undefined && { atMost: limit.uncounted }),
    ...more,
    related: [...placeIn(predecessor, before, "tbsCertList.thisUpdate"), ...(more.related ?? [])],
    notes: [...(more.notes ?? []), ...(steps === undefined ? [uncounted] : [])],
  });
}
