import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBitString, readNamedBits } from "../../src/der/bit-string.ts";
import { readBoolean, readDefaultFalse } from "../../src/der/boolean.ts";
import { namedBits } from "../../src/fixture/der-writer.ts";
import { faultsOf, onlyTlv, sourceOf } from "./source.ts";

describe("BOOLEAN", () => {
  test.each([
    ["0101ff", true, []],
    ["010100", false, []],
    ["010101", true, ["der/boolean-true-not-ff 0..3 TRUE is encoded as 01; it must be ff"]],
    ["0100", undefined, ["der/boolean-length 0..2 BOOLEAN has 0 bytes; it must have exactly 1"]],
    ["0102ffff", undefined, ["der/boolean-length 0..4 BOOLEAN has 2 bytes; it must have exactly 1"]],
    ["2100", undefined, []],
  ])("%s is read as %s", (bytes, value, faults) => {
    const source = sourceOf(bytes);
    expect(readBoolean(source, onlyTlv(source), "flag")).toBe(value);
    expect(faultsOf(source)).toEqual(faults);
  });

  test("an encoded FALSE that is the DEFAULT is reported", () => {
    const source = sourceOf("820100");
    expect(readDefaultFalse(source, onlyTlv(source), "flag", "onlyContainsCACerts")).toBe(false);
    expect(faultsOf(source)).toEqual([
      "der/default-value-encoded 0..3 onlyContainsCACerts FALSE is its DEFAULT and must be omitted",
    ]);
  });

  test("a TRUE that is not the DEFAULT is not reported, nor is a malformed BOOLEAN", () => {
    const [isTrue, isNone] = [sourceOf("8201ff"), sourceOf("8200")];
    expect(readDefaultFalse(isTrue, onlyTlv(isTrue), "flag", "onlyContainsCACerts")).toBe(true);
    expect(faultsOf(isTrue)).toEqual([]);
    expect(readDefaultFalse(isNone, onlyTlv(isNone), "flag", "onlyContainsCACerts")).toBeUndefined();
    expect(faultsOf(isNone)).toEqual(["der/boolean-length 0..2 BOOLEAN has 0 bytes; it must have exactly 1"]);
  });
});

describe("BIT STRING", () => {
  test.each([
    ["030100", { start: 3, end: 3, unusedBits: 0 }, []],
    ["0303000102", { start: 3, end: 5, unusedBits: 0 }, []],
    ["03020780", { start: 3, end: 4, unusedBits: 7 }, []],
    [
      "030207c0",
      { start: 3, end: 4, unusedBits: 7 },
      ["der/bit-string-unused-bits-nonzero 3..4 unused bits of the last byte 0xc0 are not zero"],
    ],
    [
      "03020304",
      { start: 3, end: 4, unusedBits: 3 },
      ["der/bit-string-unused-bits-nonzero 3..4 unused bits of the last byte 0x04 are not zero"],
    ],
    ["03020880", undefined, ["der/bit-string-unused-count 2..3 BIT STRING has 8 unused bits; the maximum is 7"]],
    ["030101", undefined, ["der/bit-string-unused-count 2..3 BIT STRING has 1 unused bit, but no bits"]],
    ["0300", undefined, ["der/bit-string-unused-count 0..2 BIT STRING without the byte that counts unused bits"]],
    ["2302 0000", undefined, []],
  ])("%s is read with its faults", (bytes, value, faults) => {
    const source = sourceOf(bytes);
    expect(readBitString(source, onlyTlv(source), "bits")).toEqual(value);
    expect(faultsOf(source)).toEqual(faults);
  });

  test.each([
    ["03020640", [1], 0],
    ["03020040", [1], 1],
    ["0303070080", [8], 0],
    ["030100", [], 0],
    ["03020700", [], 1],
    ["0303000180", [7, 8], 1],
  ])("%s has the bits %j", (bytes, bits, faults) => {
    const source = sourceOf(bytes);
    expect([...(readNamedBits(source, onlyTlv(source), "flags") ?? [])]).toEqual(bits);
    expect(source.faults.of("der/named-bit-list-trailing-zeros")?.count ?? 0).toBe(faults);
  });

  test("reports trailing zero bits of a named bit list", () => {
    const source = sourceOf("03020680");
    readNamedBits(source, onlyTlv(source), "flags");
    expect(faultsOf(source)).toEqual([
      "der/named-bit-list-trailing-zeros 0..4 named bit list of 2 bits ends in a zero bit; trailing zeros must be omitted",
    ]);
  });

  test("the first 64 bits of a named bit list are read, without unused bits", () => {
    const source = sourceOf(`030a00${"00".repeat(7)}0181`);
    expect([...(readNamedBits(source, onlyTlv(source), "flags") ?? [])]).toEqual([63]);
    const unused = sourceOf("03020488");
    expect([...(readNamedBits(unused, onlyTlv(unused), "flags") ?? [])]).toEqual([0]);
    const none = sourceOf("0300");
    expect(readNamedBits(none, onlyTlv(none), "flags")).toBeUndefined();
  });

  test("reads the output of the writer", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 })), (bits) => {
        const source = sourceOf(namedBits(...bits));
        const sorted = bits.toSorted((a, b) => a - b);
        expect([...(readNamedBits(source, onlyTlv(source), "flags") ?? [])]).toEqual(sorted);
        expect(source.faults.count).toBe(0);
      }),
    );
  });
});
