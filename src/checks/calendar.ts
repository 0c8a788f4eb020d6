import { generalizedTimeFrom, secondsOf } from "../der/time.ts";

/** Ten days in seconds. No document counts leap seconds or days of another length. */
export const tenDays = 10 * 86_400;

/** 99991231235959Z: the nextUpdate that ETSI EN 319 411-1 requires of the last CRL of a scope. */
export const endOfTime = 253_402_300_799;

/**
 * The end of a period in calendar months, in seconds since 1970. The two differ only for a period that begins on a
 * day that the last month does not have, for example 29 February a year later.
 */
export interface Term {
  /** The same time of day on the last day of the month, for example 28 February. */
  readonly strict: number;
  /** The first second after that month, for example 1 March 00:00:00. */
  readonly lenient: number;
}

/**
 * Returns the end of a number of calendar months: the same day of the month at the same time, in UTC. Months are not
 * converted to days: twelve months have 366 if they contain 29 February.
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

/**
 * Compares a time with the end of a period. Some readers interpret `exactly` as within the period, others as beyond it.
 */
export function compareToTerm(seconds: number, { strict, lenient }: Term): "within" | "exactly" | "beyond" {
  if (seconds < strict) return "within";
  return seconds <= lenient ? "exactly" : "beyond";
}

/**
 * Whether RFC 5280 5.1.2.4 requires UTCTime for a time: "for dates through the year 2049". A time earlier than 1950,
 * where UTCTime begins, has no encoding in the profile.
 */
export function isUtcTimeYear(seconds: number): boolean {
  return seconds < generalizedTimeFrom;
}
