import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bigInteger,
  checkInteger,
  compareIntegers,
  integerText,
  isNegative,
  smallInteger,
} from "../../src/der/integer.ts";
import { readOid } from "../../src/der/oid.ts";
import { int, oid, raw, tlv } from "../../src/fixture/der-writer.ts";
import { faultsOf, onlyTlv, sourceOf } from "./source.ts";

function readId(bytes: string | Uint8Array) {
  const source = sourceOf(bytes);
  return { dotted: readOid(source, onlyTlv(source), "id"), faults: faultsOf(source) };
}

describe("INTEGER", () => {
  test.each([
    ["020100", 0],
    ["02017f", 127],
    ["02020080", 128],
    ["020180", -128],
    ["0202ff7f", -129],
    ["0206 7fffffffffff", 2 ** 47 - 1],
    ["0206 800000000000", -(2 ** 47)],
  ])("%s is read as %d, and is minimal", (bytes, value) => {
    const source = sourceOf(bytes);
    expect(checkInteger(source, onlyTlv(source), "n")).toBe(true);
    expect(smallInteger(source.bytes, onlyTlv(source))).toBe(value);
    expect(bigInteger(source.bytes, onlyTlv(source))).toBe(BigInt(value));
    expect(isNegative(source.bytes, onlyTlv(source))).toBe(value < 0);
    expect(faultsOf(source)).toEqual([]);
  });

  test.each([
    ["02020000", "der/integer-not-minimal 0..4 00 00: the leading 00 must be omitted"],
    ["0202007f", "der/integer-not-minimal 0..4 00 7f: the leading 00 must be omitted"],
    ["0202ff80", "der/integer-not-minimal 0..4 ff 80: the leading ff must be omitted"],
    ["0204 00010203", "der/integer-not-minimal 0..6 00 01 02 03: the leading 00 must be omitted"],
    ["0205 0001020304", "der/integer-not-minimal 0..7 00 01 02 03 ...: the leading 00 must be omitted"],
  ])("%s has an unnecessary leading byte", (bytes, fault) => {
    const source = sourceOf(bytes);
    expect(checkInteger(source, onlyTlv(source), "n")).toBe(true);
    expect(faultsOf(source)).toEqual([fault]);
  });

  test("an INTEGER without contents octets has no value", () => {
    const source = sourceOf("0200");
    expect(checkInteger(source, onlyTlv(source), "n")).toBe(false);
    expect(smallInteger(source.bytes, onlyTlv(source))).toBeUndefined();
    expect(bigInteger(source.bytes, onlyTlv(source))).toBeUndefined();
    expect(faultsOf(source)).toEqual(["der/integer-empty 0..2 no contents octets; a number must have at least 1"]);
  });

  test("a constructed INTEGER is not reported again", () => {
    const source = sourceOf("2201 05");
    expect(checkInteger(source, onlyTlv(source), "n")).toBe(false);
    expect(faultsOf(source)).toEqual([]);
  });

  test("smallInteger reads numbers of at most 6 bytes", () => {
    const source = sourceOf(int(2n ** 47n));
    expect(smallInteger(source.bytes, onlyTlv(source))).toBeUndefined();
  });

  test.each([
    [2n ** 63n - 1n, "9223372036854775807"],
    [-(2n ** 63n), "-9223372036854775808"],
    [2n ** 63n, "0x008000000000000000"],
    [2n ** 254n, `0x40${"00".repeat(31)}`],
    [2n ** 255n, `0x0080${"00".repeat(30)}... (33 bytes)`],
  ])("%d is shown in decimal up to 8 bytes, and in full up to 32 bytes", (value, text) => {
    const source = sourceOf(int(value));
    expect(integerText(source.bytes, onlyTlv(source))).toBe(text);
  });

  test("an INTEGER without contents octets is shown as (empty)", () => {
    expect(integerText(raw("0200"), onlyTlv(sourceOf("0200")))).toBe("(empty)");
  });

  test.each([
    ["01", "01", 0],
    ["", "00", 0],
    ["0001", "01", 0],
    ["ffff80", "80", 0],
    ["01", "02", -1],
    ["7f", "0080", -1],
    ["0100", "ff", 1],
    ["80", "7f", -1],
    ["80", "ff", -1],
    ["ff7f", "80", -1],
    ["ff", "00", -1],
    ["0000", "000000", 0],
  ])("%s and %s compare by value", (a, b, order) => {
    expect(Math.sign(compareIntegers(raw(a), raw(b)))).toBe(order);
    expect(Math.sign(compareIntegers(raw(b), raw(a)))).toBe(order === 0 ? 0 : -order);
  });

  test("numbers of any length compare as their bigints do", () => {
    const number = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const contentsOf = (value: bigint): Uint8Array => int(value).subarray(2);
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(compareIntegers(contentsOf(a), contentsOf(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test("reads back what the writer wrote", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (value) => {
        const source = sourceOf(int(value));
        expect(checkInteger(source, onlyTlv(source), "n")).toBe(true);
        expect(bigInteger(source.bytes, onlyTlv(source))).toBe(value);
        expect(source.faults.count).toBe(0);
      }),
    );
  });
});

describe("OBJECT IDENTIFIER", () => {
  test.each([
    ["0603551d14", "2.5.29.20"],
    ["0601 00", "0.0"],
    ["0601 27", "0.39"],
    ["0601 28", "1.0"],
    ["0601 4f", "1.39"],
    ["0601 50", "2.0"],
    ["0602 8837", "2.999"],
    ["0606 2a864886f70d", "1.2.840.113549"],
    // None of these is id-ce (2.5.29) followed by 1 byte, which has a fast path.
    ["0603 550403", "2.5.4.3"],
    ["0603 2a1d03", "1.2.29.3"],
    ["0604 551d0e01", "2.5.29.14.1"],
    ["0602 551d", "2.5.29"],
    ["0604 551d8100", "2.5.29.128"],
  ])("%s is read as %s", (bytes, dotted) => {
    expect(readId(bytes)).toEqual({ dotted, faults: [] });
  });

  test.each([
    ["0600", undefined, "der/oid-not-minimal 0..2 OBJECT IDENTIFIER without contents octets"],
    ["0602 2a86", undefined, "der/oid-not-minimal 0..4 OBJECT IDENTIFIER ends within an arc"],
    ["0603 2a8180", undefined, "der/oid-not-minimal 0..5 OBJECT IDENTIFIER ends within an arc"],
    ["0603 551d8f", undefined, "der/oid-not-minimal 0..5 OBJECT IDENTIFIER ends within an arc"],
    ["0604 80551d14", "2.5.29.20", "der/oid-not-minimal 0..6 an arc starts with 80, which must be omitted"],
    ["0604 55801d14", "2.5.29.20", "der/oid-not-minimal 0..6 an arc starts with 80, which must be omitted"],
  ])("%s is reported", (bytes, dotted, fault) => {
    expect(readId(bytes)).toEqual({ dotted, faults: [fault] });
  });

  test("a byte 80 that does not start an arc is not reported", () => {
    expect(readId("0603 81 80 00").faults).toEqual([]);
  });

  test.each([
    [`1.2.${2 ** 28 - 1}`, false],
    [`1.2.${2 ** 28}`, true],
    [`1.2${".3".repeat(18)}`, false],
    [`1.2${".3".repeat(19)}`, true],
    // RFC 5280 allows at most 100 characters: these have 100 and 101.
    [`1.2${".1234567".repeat(12)}.`.slice(0, 100).replace(/\.$/u, "1"), false],
    [`1.2${".1234567".repeat(12)}.7`, true],
  ])("%s: over the limits of RFC 5280: %s", (dotted, isOver) => {
    const { dotted: back, faults } = readId(oid(dotted));
    expect(back).toBe(dotted);
    expect(faults).toHaveLength(isOver ? 1 : 0);
  });

  test.each([
    [
      `1.2.${"1".repeat(56)}`,
      `der/oid-over-limit 0..30 OBJECT IDENTIFIER 1.2.${"1".repeat(56)} has the arc ${"1".repeat(56)}; the maximum is 268435455`,
    ],
    [
      `1.2.${"1".repeat(57)}`,
      `der/oid-over-limit 0..30 OBJECT IDENTIFIER 1.2.${"1".repeat(53)}... has the arc ${"1".repeat(57)}; the maximum is 268435455`,
    ],
    [
      `1.2${".1".repeat(19)}`,
      `der/oid-over-limit 0..22 OBJECT IDENTIFIER 1.2${".1".repeat(19)} has 21 arcs and 41 characters; the maximum is 20 arcs and 100 characters`,
    ],
  ])("%s is shown with at most 60 characters", (dotted, fault) => {
    expect(readId(oid(dotted)).faults).toEqual([fault]);
  });

  test("a constructed OBJECT IDENTIFIER is not reported again", () => {
    expect(readId("2601 2a")).toEqual({ dotted: undefined, faults: [] });
  });

  test("an OBJECT IDENTIFIER of more than 4096 bytes is not read", () => {
    const read = (length: number) => {
      const source = sourceOf(tlv(0x06, new Uint8Array(length).fill(1)));
      const whole = { tag: 6, start: 0, content: 4, contentEnd: 4 + length, end: 4 + length };
      return { dotted: readOid(source, whole, "id"), faults: faultsOf(source) };
    };
    expect(read(4096).dotted).toBe(`0.1${".1".repeat(4095)}`);
    expect(read(4097)).toEqual({
      dotted: undefined,
      faults: ["input/over-limit 0..4101 OBJECT IDENTIFIER of 4097 bytes; at most 4096 are read"],
    });
  });

  test("a second arc of any size is exact", () => {
    expect(readId(oid(`2.${2n ** 70n}`)).dotted).toBe(`2.${2n ** 70n}`);
  });

  test("reads back what the writer wrote, with arcs of any size", () => {
    const arcs = fc.tuple(
      fc.constantFrom(0n, 1n, 2n),
      fc.bigInt({ min: 0n, max: 39n }),
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 70n }), { maxLength: 5 }),
    );
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const dotted = [first, second, ...rest].join(".");
        const source = sourceOf(oid(dotted));
        expect(readOid(source, onlyTlv(source), "id")).toBe(dotted);
      }),
    );
  });
});
