import { secondsOf } from "../der/time.ts";
import { UsageError } from "./usage-error.ts";

/** The time to lint as of: one time for all CRLs, or the thisUpdate of each CRL. */
export type AsOf = Date | "thisUpdate";

/** RFC 3339 section 5.6, with upper-case letters, or only its full-date. No CRL has leap seconds. */
const dateTime =
  /^(?<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:T(?<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?)(?<zone>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/u;

/** Reads an RFC 3339 time, a date as its first second in UTC, or `thisUpdate`. Returns undefined for other text. */
export function parseTime(text: string): AsOf | undefined {
  if (text === "thisUpdate") return text;
  const { date, time = "00:00:00", zone = "Z" } = dateTime.exec(text)?.groups ?? {};
  if (date === undefined) return undefined;
  // Date accepts February 30 and returns a day in March.
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return secondsOf(year, month, day, 0, 0, 0) === undefined ? undefined : new Date(`${date}T${time}${zone}`);
}

/**
 * Returns the time for checks that are not about one CRL, such as the last day of a suppression: the given time,
 * otherwise that of the clock. In seconds since 1970.
 */
export function fixedTime(asOf: AsOf | undefined, clock: () => number): number {
  return asOf === undefined || asOf === "thisUpdate" ? clock() : asOf.getTime() / 1000;
}

/**
 * Returns the time of a command that lints no CRL, as `fixedTime`.
 *
 * @throws UsageError if it is thisUpdate
 */
export function timeOf(command: string, asOf: AsOf | undefined, clock: () => number): number {
  if (asOf === "thisUpdate") throw new UsageError(`--now of ${command} must be a time, not thisUpdate`);
  return fixedTime(asOf, clock);
}
