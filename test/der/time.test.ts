import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoTime, isTimeTag, readSeconds, readTime, secondsOf } from "../../src/der/time.ts";
import { generalizedTime, time, tlv, utcTime } from "../../src/fixture/der-writer.ts";
import { faultsOf, onlyTlv, sourceOf } from "./source.ts";

function read(bytes: Uint8Array) {
  const source = sourceOf(bytes);
  const { seconds, type } = readTime(source, onlyTlv(source), "t");
  return { type, iso: seconds === undefined ? undefined : isoTime(seconds), faults: faultsOf(source) };
}

const codes = (faults: readonly string[]): readonly string[] => faults.map((fault) => fault.split(" ")[0] ?? "");

describe("UTCTime", () => {
  test.each([
    ["261101000000Z", "2026-11-01T00:00:00Z"],
    ["491231235959Z", "2049-12-31T23:59:59Z"],
    ["500101000000Z", "1950-01-01T00:00:00Z"],
    ["991231235959Z", "1999-12-31T23:59:59Z"],
    ["000229120000Z", "2000-02-29T12:00:00Z"],
  ])("%s is read as %s", (text, iso) => {
    expect(read(utcTime(text))).toEqual({ type: "UTCTime", iso, faults: [] });
  });

  test.each([
    ["2611010000Z", "2026-11-01T00:00:00Z", "der/time-seconds-missing"],
    ["4912312359Z", "2049-12-31T23:59:00Z", "der/time-seconds-missing"],
    ["5001010000Z", "1950-01-01T00:00:00Z", "der/time-seconds-missing"],
    ["500101000000+0000", "1950-01-01T00:00:00Z", "der/time-not-z"],
    ["261101000000+0100", "2026-10-31T23:00:00Z", "der/time-not-z"],
    ["261101000000-0130", "2026-11-01T01:30:00Z", "der/time-not-z"],
    ["261101000000", "2026-11-01T00:00:00Z", "der/time-not-z"],
    ["261101000000.5Z", "2026-11-01T00:00:00Z", "time/time-fraction"],
    ["260229000000Z", undefined, "der/time-invalid-calendar"],
    ["261301000000Z", undefined, "der/time-invalid-calendar"],
    ["261100000000Z", undefined, "der/time-invalid-calendar"],
    ["261101240000Z", undefined, "der/time-invalid-calendar"],
    ["261101006000Z", undefined, "der/time-invalid-calendar"],
    ["261101000060Z", undefined, "der/time-invalid-calendar"],
    ["20261101000000Z", undefined, "time/utc-time-form"],
    ["26110100000Z", undefined, "time/utc-time-form"],
    ["", undefined, "time/utc-time-form"],
    ["26", undefined, "time/utc-time-form"],
    ["x261101000000Z", undefined, "time/utc-time-form"],
    ["261101000000Zx", undefined, "time/utc-time-form"],
    ["261101000000+01x", undefined, "time/utc-time-form"],
    ["261101000000+010", undefined, "time/utc-time-form"],
    ["261101000000-01", "2026-11-01T01:00:00Z", "der/time-not-z"],
    ["261101000000+2359", "2026-10-31T00:01:00Z", "der/time-not-z"],
    ["261101 00000Z", undefined, "time/utc-time-form"],
    ["261101000000z", undefined, "time/utc-time-form"],
  ])('"%s" is read as %s and reported as %s', (text, iso, code) => {
    const { iso: found, faults } = read(utcTime(text));
    expect(found).toBe(iso);
    expect(codes(faults)).toEqual([code]);
  });

  test("a UTC offset out of range is not a valid time", () => {
    for (const zone of ["+2400", "-0160", "+2460"]) {
      const { iso, faults } = read(utcTime(`261101000000${zone}`));
      expect(iso).toBeUndefined();
      expect(codes(faults)).toEqual(["der/time-not-z", "der/time-invalid-calendar"]);
    }
  });

  test.each([
    ["2611010000Z", 'der/time-seconds-missing 0..13 UTCTime "2611010000Z" has no seconds'],
    ["261101000000", 'der/time-not-z 0..14 UTCTime "261101000000" does not end in Z'],
    ["261101000000.5Z", 'time/time-fraction 0..17 UTCTime "261101000000.5Z" has a fraction of a second'],
    [
      "260229000000Z",
      'der/time-invalid-calendar 0..15 UTCTime "260229000000Z" is not a valid calendar date and time of day',
    ],
    ["9".repeat(41), `time/utc-time-form 0..43 UTCTime "${"9".repeat(40)}" is not YYMMDDHHMMSSZ`],
  ])("the fault of %s shows the text", (text, fault) => {
    expect(read(utcTime(text)).faults).toEqual([fault]);
  });

  test("characters that no time contains are shown as question marks: escape sequences and commands of build servers", () => {
    expect(read(tlv(0x17, Uint8Array.of(0x1b, 0x5b, 0x80))).faults).toEqual([
      'time/utc-time-form 0..5 UTCTime "???" is not YYMMDDHHMMSSZ',
    ]);
    expect(read(utcTime("##[error]now")).faults).toEqual([
      'time/utc-time-form 0..14 UTCTime "???error?now" is not YYMMDDHHMMSSZ',
    ]);
  });
});

test("a Time is a UTCTime or a GeneralizedTime", () => {
  expect(Array.from({ length: 0x100 }, (_, tag) => tag).filter(isTimeTag)).toEqual([0x17, 0x18]);
});

describe("GeneralizedTime", () => {
  test("a fault of another form names the expected form", () => {
    expect(read(generalizedTime("2026"))).toEqual({
      type: "GeneralizedTime",
      iso: undefined,
      faults: ['time/generalized-time-form 0..6 GeneralizedTime "2026" is not YYYYMMDDHHMMSSZ'],
    });
  });

  test.each([
    [".5", true],
    [".05", true],
    [".125", true],
    [".", false],
    [".0", false],
    [".50", false],
    [",5", false],
    [",.5", false],
  ])("DER allows the fraction %s outside RFC 5280: %s", (fraction, isDer) => {
    const source = sourceOf(generalizedTime(`20500101000000${fraction}Z`));
    readTime(source, onlyTlv(source), "t", true);
    expect(faultsOf(source)).toHaveLength(isDer ? 0 : 1);
  });

  test.each([
    ["20500101000000Z", "2050-01-01T00:00:00Z", []],
    ["99991231235959Z", "9999-12-31T23:59:59Z", []],
    ["19000228235959Z", "1900-02-28T23:59:59Z", []],
    ["205001010000Z", "2050-01-01T00:00:00Z", ["der/time-seconds-missing"]],
    ["20500101000000.0Z", "2050-01-01T00:00:00Z", ["time/time-fraction"]],
    ["20500101000000,5Z", "2050-01-01T00:00:00Z", ["time/time-fraction"]],
    ["20500101000000.5", "2050-01-01T00:00:00Z", ["time/time-fraction", "der/time-not-z"]],
    ["19000229000000Z", undefined, ["der/time-invalid-calendar"]],
    // The text of a UTCTime: its 12 digits are not a valid YYYYMMDDHHMM either.
    ["240123000000Z", undefined, ["time/generalized-time-form"]],
    ["50010100000Z", undefined, ["time/generalized-time-form"]],
  ])('"%s" is read as %s', (text, iso, expected) => {
    const { iso: found, faults } = read(generalizedTime(text));
    expect(found).toBe(iso);
    expect(codes(faults)).toEqual(expected);
  });
});

test("secondsOf accepts exactly the days of each month, in common and leap years", () => {
  for (const year of [1900, 2000, 2023, 2024]) {
    for (let month = 0; month <= 13; month += 1) {
      for (const day of [0, 1, 28, 29, 30, 31, 32]) {
        const date = new Date(Date.UTC(year, month - 1, day, 23, 59, 59));
        const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const seconds = secondsOf(year, month, day, 23, 59, 59);
        expect(seconds, `${year}-${month}-${day}`).toBe(isReal ? date.getTime() / 1000 : undefined);
      }
    }
  }
});

test("secondsOf agrees with Date from year 1 to 9999", () => {
  const range = { min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(range), (date) => {
      const seconds = secondsOf(
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
      );
      expect(seconds).toBe(Math.floor(date.getTime() / 1000));
    }),
  );
});

test("reads back what the writer wrote", () => {
  const range = { min: new Date("1900-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(range), (date) => {
      const source = sourceOf(time(date));
      expect(readTime(source, onlyTlv(source), "t").seconds).toBe(Math.floor(date.getTime() / 1000));
      expect(source.faults.count).toBe(0);
    }),
  );
});

describe("readSeconds", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."00112233459".split("")), minLength: 10, maxLength: 16 });
  const text = fc.tuple(digits, fc.constantFrom("Z", "Z", "Z", "", "z", "+0100", ".5Z")).map((parts) => parts.join(""));

  test("returns the same time and faults as readTime, for any text", () => {
    fc.assert(
      fc.property(fc.constantFrom(utcTime, generalizedTime), text, (write, contents) => {
        const [whole, short] = [sourceOf(write(contents)), sourceOf(write(contents))];
        const { seconds = Number.NaN } = readTime(whole, onlyTlv(whole), "t");
        expect(readSeconds(short, onlyTlv(short), "t")).toBe(seconds);
        expect(faultsOf(short)).toEqual(faultsOf(whole));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["490101000000Z", "2049-01-01T00:00:00Z"],
    ["500101000000Z", "1950-01-01T00:00:00Z"],
    ["510228235959Z", "1951-02-28T23:59:59Z"],
    ["991231235959Z", "1999-12-31T23:59:59Z"],
    ["2611010000Z", "2026-11-01T00:00:00Z"],
    ["261101000000+0100", "2026-10-31T23:00:00Z"],
  ])("UTCTime %s is read as %s", (text, iso) => {
    const source = sourceOf(utcTime(text));
    expect(isoTime(readSeconds(source, onlyTlv(source), "t"))).toBe(iso);
  });

  test.each([
    ["19991231235959Z", "1999-12-31T23:59:59Z"],
    ["20510102030405Z", "2051-01-02T03:04:05Z"],
    ["20510102030405.5Z", "2051-01-02T03:04:05Z"],
  ])("GeneralizedTime %s is read as %s", (text, iso) => {
    const source = sourceOf(generalizedTime(text));
    expect(isoTime(readSeconds(source, onlyTlv(source), "t"))).toBe(iso);
  });

  test("reports invalid times that resemble the common form", () => {
    const source = sourceOf(utcTime("261101000000Z"));
    expect(isoTime(readSeconds(source, onlyTlv(source), "t"))).toBe("2026-11-01T00:00:00Z");
    for (const wrong of ["26110100000/Z", "2611010000:0Z", "261301000000Z", "261100000000Z", "260229000000Z"]) {
      const bad = sourceOf(utcTime(wrong));
      expect(readSeconds(bad, onlyTlv(bad), "t"), wrong).toBeNaN();
      expect(bad.faults.count, wrong).toBe(1);
    }
  });
});
