import { secondsOf } from "../der/time.ts";

/** Ten days in seconds: no document counts leap seconds or days of another length. */
export const tenDays = 10 * 86_400;

/** 99991231235959Z: what ETSI EN 319 411-1 has the last CRL of a scope say as nextUpdate. */
export const endOfTime = 253_402_300_799;

/**
 * The end of a term in calendar months, in seconds since 1970. The two are the same but for a term that begins on a
 * day which the last month does not have, as 29 February a year later.
 */
export interface Term {
  /** The same time of day on the last day that the month has: 28 February. */
  readonly strict: number;
  /** The first moment behind that month: 1 March 00:00:00. */
  readonly lenient: number;
}

/**
 * Where a number of calendar months ends: the same day of the month at the same time, in UTC. Never a number of days:
 * twelve months have 366 where 29 February lies in them.
 *
 * @param seconds beginning, in seconds since 1970
 */
export function monthsAfter(seconds: number, months: number): Term {
  const date = new Date(seconds * 1000);
  const timeOfDay = date.getUTCHours() * 3600 + date.getUTCMinutes() * 60 + date.getUTCSeconds();
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const sameDay = startOfDay(month, date.getUTCDate());
  if (sameDay !== undefined) return { strict: sameDay + timeOfDay, lenient: sameDay + timeOfDay };
  const nextMonth = startOfDay(month + 1, 1) ?? Number.NaN;
  return { strict: nextMonth - 86_400 + timeOfDay, lenient: nextMonth };
}

/** @param month months since the beginning of year 0 */
function startOfDay(month: number, day: number): number | undefined {
  const year = Math.floor(month / 12);
  return secondsOf(year, month - year * 12 + 1, day, 0, 0, 0);
}

/** How a moment lies to the end of a term: `exactly` is what some read as within and some as beyond it. */
export function compareToTerm(seconds: number, { strict, lenient }: Term): "within" | "exactly" | "beyond" {
  if (seconds < strict) return "within";
  return seconds <= lenient ? "exactly" : "beyond";
}

/**
 * Whether RFC 5280 5.1.2.4 wants a moment as a UTCTime: "for dates through the year 2049". What lies before 1950, where
 * UTCTime begins, has no encoding in the profile at all.
 */
export function isUtcTimeYear(seconds: number): boolean {
  return seconds < 2_524_608_000;
}
