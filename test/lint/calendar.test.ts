import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareToTerm, endOfTime, isUtcTimeYear, monthsAfter, tenDays } from "../../src/checks/calendar.ts";

const at = (text: string): number => Date.parse(text) / 1000;
/** Times from 1950 to the end of 9998. */
const times = fc.integer({ min: at("1950-01-01T00:00:00Z"), max: at("9998-12-31T23:59:59Z") });
const isLeapDay = (seconds: number): boolean => new Date(seconds * 1000).toISOString().slice(5, 10) === "02-29";

describe("monthsAfter", () => {
  test.each([
    ["2026-11-01T00:00:00Z", 12, "2027-11-01T00:00:00Z"],
    ["2027-03-01T00:00:00Z", 12, "2028-03-01T00:00:00Z"],
    ["2027-02-28T23:59:59Z", 12, "2028-02-28T23:59:59Z"],
    ["2025-12-31T12:00:00Z", 1, "2026-01-31T12:00:00Z"],
    ["2099-03-01T00:00:00Z", 12, "2100-03-01T00:00:00Z"],
    ["1969-12-31T23:59:59Z", 12, "1970-12-31T23:59:59Z"],
    ["9999-06-01T00:00:00Z", 12, "+010000-06-01T00:00:00Z"],
  ])("%s plus %i months is %s", (from, months, to) => {
    expect(monthsAfter(at(from), months)).toEqual({ strict: at(to), lenient: at(to) });
  });

  test.each([
    ["2028-02-29T00:00:00Z", 12, "2029-02-28T00:00:00Z", "2029-03-01T00:00:00Z"],
    ["2028-02-29T23:59:59Z", 12, "2029-02-28T23:59:59Z", "2029-03-01T00:00:00Z"],
    ["2026-01-31T08:00:00Z", 1, "2026-02-28T08:00:00Z", "2026-03-01T00:00:00Z"],
    ["2026-08-31T08:00:00Z", 1, "2026-09-30T08:00:00Z", "2026-10-01T00:00:00Z"],
  ])("%s plus %i months, a day that does not exist, is %s or %s", (from, months, strict, lenient) => {
    expect(monthsAfter(at(from), months)).toEqual({ strict: at(strict), lenient: at(lenient) });
  });

  test("12 months later, month, day and time are the same, except on 29 February", () => {
    fc.assert(
      fc.property(times, (seconds) => {
        fc.pre(!isLeapDay(seconds));
        const date = new Date(seconds * 1000);
        const later = Date.UTC(
          date.getUTCFullYear() + 1,
          date.getUTCMonth(),
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        );
        expect(monthsAfter(seconds, 12)).toEqual({ strict: later / 1000, lenient: later / 1000 });
      }),
    );
  });

  test("12 months have 366 days if and only if they contain 29 February", () => {
    fc.assert(
      fc.property(times, (seconds) => {
        fc.pre(!isLeapDay(seconds));
        const { strict } = monthsAfter(seconds, 12);
        const year = new Date(seconds * 1000).getUTCFullYear();
        const leapDays = [year, year + 1]
          .map((one) => new Date(Date.UTC(one, 1, 29)))
          .filter((day) => day.getUTCMonth() === 1)
          .map((day) => day.getTime() / 1000);
        const contained = leapDays.some((day) => day > seconds && day <= strict);
        expect((strict - seconds) / 86_400).toBe(contained ? 366 : 365);
      }),
    );
  });

  test("is monotone, and strict is at most a day earlier than lenient", () => {
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 24 }), (a, b, months) => {
        const [first, second] = [monthsAfter(Math.min(a, b), months), monthsAfter(Math.max(a, b), months)];
        expect(first.strict).toBeLessThanOrEqual(second.lenient);
        expect(first.lenient).toBeLessThanOrEqual(second.lenient);
        expect(first.lenient - first.strict).toBeGreaterThanOrEqual(0);
        expect(first.lenient - first.strict).toBeLessThanOrEqual(86_400);
      }),
    );
  });
});

describe("compareToTerm", () => {
  test.each([
    ["2026-11-01T00:00:00Z", "2027-10-31T23:59:59Z", "within"],
    ["2026-11-01T00:00:00Z", "2027-11-01T00:00:00Z", "exactly"],
    ["2026-11-01T00:00:00Z", "2027-11-01T00:00:01Z", "beyond"],
    ["2027-03-01T00:00:00Z", "2028-02-29T23:59:59Z", "within"],
    ["2028-02-29T10:00:00Z", "2029-02-28T09:59:59Z", "within"],
    ["2028-02-29T10:00:00Z", "2029-02-28T10:00:00Z", "exactly"],
    ["2028-02-29T10:00:00Z", "2029-03-01T00:00:00Z", "exactly"],
    ["2028-02-29T10:00:00Z", "2029-03-01T00:00:01Z", "beyond"],
  ])("a term of 12 months from %s, compared with %s: %s", (from, to, expected) => {
    expect(compareToTerm(at(to), monthsAfter(at(from), 12))).toBe(expected);
  });
});

test("constants have the values in their names", () => {
  expect(tenDays).toBe(at("2026-11-11T00:00:00Z") - at("2026-11-01T00:00:00Z"));
  expect(endOfTime).toBe(at("9999-12-31T23:59:59Z"));
});

test.each([
  ["0000-01-01T00:00:00Z", true],
  ["2049-12-31T23:59:59Z", true],
  ["2050-01-01T00:00:00Z", false],
])("%s must be encoded as UTCTime: %s", (text, expected) => {
  expect(isUtcTimeYear(at(text))).toBe(expected);
});
