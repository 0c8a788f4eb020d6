import { bigInteger } from "../der/integer.ts";
import { contentLength, type Tlv } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import type { OtherCrl } from "../given/other-crl.ts";
import { placeIn } from "./predecessor.ts";
import type { Severity } from "../rule/report.ts";
import type { Context, Violation } from "../rule/rule.ts";

/** Octets of a number with which it is counted: as many as a cRLNumber may have (RFC 5280 5.2.3). */
const longestNumber = 20;

/**
 * By how much the cRLNumber of a CRL is higher than that of the one before: so many times at the most was a CRL of
 * this series issued since. Undefined where one of them has no number, or the number does not grow.
 */
export function countSteps({ crl }: OtherCrl, current: Context<never>["crl"]): number | undefined {
  const from = numberOf(crl.source.bytes, crl.crlNumber);
  const to = numberOf(current.source.bytes, current.crlNumber);
  return from === undefined || to === undefined || to <= from ? undefined : Number(to - from);
}

function numberOf(bytes: Uint8Array, number: Tlv | undefined): bigint | undefined {
  return number === undefined || contentLength(number) > longestNumber ? undefined : bigInteger(bytes, number);
}

/** Said where CRLs may have been issued between two and nothing tells how many. */
export const uncounted =
  "not graver, because without growing CRL numbers it cannot be told whether a CRL was issued between the two";

/** The most that may pass from one CRL to the next. */
export interface IntervalLimit {
  /** In words: `604800 s (7 days)`. */
  readonly text: string;
  /** The last moment for a CRL that is so many steps behind one of `from`, both in seconds since 1970. */
  latest(from: number, steps: number): number;
  /** Severity where CRLs cannot be counted. */
  readonly uncounted: Severity;
}

/** A limit of so many days. */
export function limitOfDays(days: number, unproven: Severity): IntervalLimit {
  const seconds = days * 86_400;
  const text = `${seconds} s (${days === 1 ? "24 hours" : `${days} days`})`;
  return { text, uncounted: unproven, latest: (from, steps) => from + steps * seconds };
}

/**
 * Whether a CRL comes too late after the one before. Between two whose numbers are n apart lie n - 1 CRLs at the most:
 * where more than n times the limit has passed, one of them came too late, and where less has, none need have.
 */
export function isBeyond(
  { predecessor, thisUpdate, crl }: Context<"predecessor" | "thisUpdate">,
  limit: IntervalLimit,
): boolean {
  const before = predecessor.crl.thisUpdate?.seconds;
  return before !== undefined && thisUpdate.seconds > limit.latest(before, countSteps(predecessor, crl) ?? 1);
}

/** Reports a CRL that comes too late after the one before. */
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
      ? `at most ${limit.text}`
      : `with ${between} CRL${between === 1 ? "" : "s"} at most between the two, one came later than ${limit.text} after the one before it`;
  ctx.report({
    at: thisUpdate,
    path: "tbsCertList.thisUpdate",
    message: `thisUpdate ${isoTime(thisUpdate.seconds)} is ${interval} s after that of the previous CRL; ${reach}`,
    ...(steps === undefined && { atMost: limit.uncounted }),
    ...more,
    related: [...placeIn(predecessor, before, "tbsCertList.thisUpdate"), ...(more.related ?? [])],
    notes: [...(more.notes ?? []), ...(steps === undefined ? [uncounted] : [])],
  });
}
