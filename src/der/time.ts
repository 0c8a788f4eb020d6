import type { Source } from "./cursor.ts";
import { contents, type Span, type Tlv } from "./span.ts";
import { Tag } from "./tag.ts";

/** A UTCTime or GeneralizedTime. */
export interface Time extends Span {
  readonly type: "UTCTime" | "GeneralizedTime";
  /** Seconds since 1970-01-01T00:00:00Z; undefined if the contents are not a valid time. */
  readonly seconds: number | undefined;
  /** The contents, with `?` for any byte that is not a letter, a digit, a space or one of `+-.,:`. */
  readonly text: string;
}

/** From this time RFC 5280 5.1.2.4 requires GeneralizedTime: 2050-01-01T00:00:00Z in seconds since 1970. */
export const generalizedTimeFrom = 2_524_608_000;

/** A Time that could be read, for rules about time. */
export type Moment = Time & { readonly seconds: number };

/** Whether an identifier octet is that of one of the two types of the CHOICE Time. */
export function isTimeTag(tag: number): boolean {
  return tag === Tag.utcTime || tag === Tag.generalizedTime;
}

/**
 * Reads only the seconds of a Time, and reports the same errors as `readTime`. A CRL may have a million Times.
 *
 * @returns seconds since 1970; NaN if the contents are not a valid time
 */
export function readSeconds(source: Source, tlv: Tlv, path: string): number {
  const seconds = plainSeconds(source.bytes, tlv);
  return seconds === seconds ? seconds : (readTime(source, tlv, path).seconds ?? Number.NaN);
}

/** Returns the seconds of a Time without errors, YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ; NaN for any other. */
function plainSeconds(bytes: Uint8Array, { tag, content, contentEnd }: Tlv): number {
  const month = tag === Tag.utcTime ? content + 2 : content + 4;
  if (contentEnd !== month + 11 || bytes[contentEnd - 1] !== 0x5a) return Number.NaN;
  let year = twoDigits(bytes, month - 2);
  if (tag === Tag.utcTime) year += year >= 50 ? 1900 : 2000;
  else year += twoDigits(bytes, content) * 100;
  const day = month + 2;
  const seconds = secondsOf(
    year,
    twoDigits(bytes, month),
    twoDigits(bytes, day),
    twoDigits(bytes, day + 2),
    twoDigits(bytes, day + 4),
    twoDigits(bytes, day + 6),
  );
  return seconds ?? Number.NaN;
}

/** Returns two decimal digits as a number; NaN if they are not digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : Number.NaN;
}

const shape = /^(?<digits>\d+)(?<fraction>[.,]\d*)?(?<zone>Z|[+-]\d{2}(?:\d{2})?)?$/u;

/** X.690 11.7.3, 11.7.4: a fraction after a full stop, without trailing zeros. */
const derFraction = /^\.\d*[1-9]$/u;

/**
 * Reads a Time by X.690 11.7 and 11.8 and RFC 5280 4.1.2.5. Every departure is reported. The time is still returned if
 * it has only one meaning.
 *
 * @param mayHaveFraction whether the field is not one of RFC 5280, which forbids the fractions that DER allows
 */
export function readTime(source: Source, tlv: Tlv, path: string, mayHaveFraction = false): Time {
  const type = tlv.tag === Tag.utcTime ? "UTCTime" : "GeneralizedTime";
  const text = shownText(contents(source.bytes, tlv));
  const time = { start: tlv.start, end: tlv.end, type, text } as const;
  const plain = plainSeconds(source.bytes, tlv);
  if (!Number.isNaN(plain)) return { seconds: plain, ...time };
  const parts = shape.exec(text)?.groups;
  const yearDigits = type === "UTCTime" ? 2 : 4;
  const year = parts?.["digits"]?.slice(0, yearDigits) ?? "";
  const rest = parts?.["digits"]?.slice(yearDigits) ?? "";
  const seconds = parts === undefined ? undefined : momentOf(expandYear(year), rest, parts["zone"]);
  const isShort = rest.length === 8;
  // If it has no seconds and is not a valid time either, it has another form, for example that of a UTCTime.
  if (parts === undefined || (rest.length !== 10 && !isShort) || (isShort && seconds === undefined)) {
    source.faults.add(
      type === "UTCTime" ? "time/utc-time-form" : "time/generalized-time-form",
      tlv,
      path,
      `${type} "${text.slice(0, 40)}" is not ${type === "UTCTime" ? "YYMMDDHHMMSSZ" : "YYYYMMDDHHMMSSZ"}`,
    );
    return { seconds: undefined, ...time };
  }
  if (isShort) {
    source.faults.add("der/time-seconds-missing", tlv, path, `${type} "${text}" has no seconds`);
  }
  if (parts["fraction"] !== undefined && !(mayHaveFraction && derFraction.test(parts["fraction"]))) {
    source.faults.add("time/time-fraction", tlv, path, `${type} "${text}" has a fraction of a second`);
  }
  if (parts["zone"] !== "Z") {
    source.faults.add("der/time-not-z", tlv, path, `${type} "${text}" does not end in Z`);
  }
  if (seconds === undefined) {
    source.faults.add(
      "der/time-invalid-calendar",
      tlv,
      path,
      `${type} "${text}" is not a valid calendar date and time of day`,
    );
  }
  return { seconds, ...time };
}

/** Returns the full year: YY of 50 or greater is 19YY, YY less than 50 is 20YY (RFC 5280 4.1.2.5.1). */
function expandYear(year: string): number {
  const number = Number(year);
  if (year.length === 4) return number;
  return number >= 50 ? 1900 + number : 2000 + number;
}

function momentOf(year: number, rest: string, zone: string | undefined): number | undefined {
  const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((at) => Number(rest.slice(at, at + 2) || "0"));
  const seconds = secondsOf(year, month ?? 0, day ?? 0, hour ?? 99, minute ?? 99, second ?? 99);
  if (seconds === undefined || zone === undefined || zone === "Z") return seconds;
  const [hours, minutesBeyond] = [Number(zone.slice(1, 3)), Number(zone.slice(3) || "0")];
  if (hours > 23 || minutesBeyond > 59) return undefined;
  const minutes = hours * 60 + minutesBeyond;
  return zone.startsWith("+") ? seconds - minutes * 60 : seconds + minutes * 60;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Returns the seconds since 1970 of a UTC date and time. Returns undefined if it is not a valid one: 30 February, hour
 * 24, second 60 (X.680 46, 47; X.690 11.7, 11.8).
 */
export function secondsOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
  // In this form, the condition is false for NaN.
  if (!(day >= 1 && day <= length && hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Returns the days from 1970-01-01 to a date of the Gregorian calendar. It counts years that begin in March. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Formats seconds since 1970 as `2024-03-25T09:21:10Z`. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** Formats a time later than another. The fraction of its second is shown only if both are in the same second. */
export function isoTimeAfter(seconds: number, before: number): string {
  const whole = Math.floor(seconds);
  return isoTime(whole > before ? whole : seconds);
}

/** Characters that a message does not show: build servers run `##[` as a command at any position. */
const unshown = /[^\dA-Za-z+\-.,: ]/gu;

function shownText(value: Uint8Array): string {
  return String.fromCharCode(...value.subarray(0, 64)).replaceAll(unshown, "?");
}
