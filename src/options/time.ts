import { secondsOf } from "../der/time.ts";

/** RFC 3339 section 5.6, with its upper-case letters. No CRL has leap seconds. */
const dateTime =
  /^(?<date>\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T(?<time>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?)(?<zone>Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/u;

/** Reads a time as RFC 3339 writes it; undefined for anything else. */
export function parseTime(text: string): Date | undefined {
  const { date, time, zone } = dateTime.exec(text)?.groups ?? {};
  if (date === undefined || time === undefined || zone === undefined) return undefined;
  // Date accepts the 30th of February as the 1st of March.
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return secondsOf(year, month, day, 0, 0, 0) === undefined ? undefined : new Date(`${date}T${time}${zone}`);
}
