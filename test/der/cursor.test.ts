import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cursor, readOutermost, readTlv } from "../../src/der/cursor.ts";
import { checkNested } from "../../src/der/nested.ts";
import { Tag } from "../../src/der/tag.ts";
import { concat, octetString, raw, seq, tlv } from "../../src/fixture/der-writer.ts";
import { usualLimits } from "../../src/der/limits.ts";
import { faultsOf, sourceOf } from "./source.ts";

function read(bytes: string | Uint8Array, limit?: number) {
  const source = sourceOf(bytes);
  const found = readTlv(source, 0, limit ?? source.bytes.length, "x");
  return { found, faults: faultsOf(source) };
}

/** Returns nested SEQUENCEs of indefinite length. */
function openEnded(depth: number): string {
  return "3080".repeat(depth) + "0000".repeat(depth);
}

/** Returns nested SEQUENCEs. */
function nested(depth: number): Uint8Array {
  let value = seq();
  for (let i = 1; i < depth; i += 1) value = seq(value);
  return value;
}

function cursorOf(bytes: string) {
  const source = sourceOf(bytes);
  return { source, cursor: new Cursor(source, { start: 0, end: source.bytes.length }, "list") };
}

test("found names the type of the next TLV, and nothing at the end", () => {
  const { cursor } = cursorOf("0201050500");
  expect(`value is missing${cursor.found()}`).toBe("value is missing, found INTEGER");
  cursor.read("first");
  expect(cursor.found(", not empty")).toBe(", found NULL");
  cursor.read("second");
  expect([cursor.found(), cursor.found(", not empty")]).toEqual(["", ", not empty"]);
});

describe("readTlv", () => {
  test.each([
    ["0500", { tag: 5, start: 0, content: 2, contentEnd: 2, end: 2 }],
    ["020105", { tag: 2, start: 0, content: 2, contentEnd: 3, end: 3 }],
    ["020105ffff", { tag: 2, start: 0, content: 2, contentEnd: 3, end: 3 }],
  ])("%s is read without a fault", (bytes, expected) => {
    expect(read(bytes)).toEqual({ found: expected, faults: [] });
  });

  test.each([127, 128, 255, 256, 65_535, 65_536])("minimal length octets before %d bytes of contents", (length) => {
    const bytes = octetString(new Uint8Array(length));
    const { found, faults } = read(bytes);
    expect(faults).toEqual([]);
    expect(found).toMatchObject({ contentEnd: bytes.length, end: bytes.length });
    expect((found?.contentEnd ?? 0) - (found?.content ?? 0)).toBe(length);
  });

  test.each([
    [
      "04810100",
      3,
      "der/length-not-minimal 1..3 length 1 takes 2 bytes; it must be encoded in as few bytes as possible",
    ],
    [
      "0482000100",
      4,
      "der/length-not-minimal 1..4 length 1 takes 3 bytes; it must be encoded in as few bytes as possible",
    ],
  ])("%s is read, and its length is reported as not minimal", (bytes, content, fault) => {
    const { found, faults } = read(bytes);
    expect(found).toMatchObject({ content, end: content + 1 });
    expect(faults).toEqual([fault]);
  });

  test("a length of 128 is minimal without a leading zero, and not minimal with one", () => {
    const contents = new Uint8Array(128);
    expect(read(concat(raw("04820080"), contents)).faults).toHaveLength(1);
    expect(read(concat(raw("048180"), contents)).faults).toEqual([]);
  });

  test.each([
    ["02", "der/length-past-parent 0..1 x: its length octets are missing"],
    ["0482ff", "der/length-past-parent 0..3 x: its length octets are missing"],
    ["020205", "der/length-past-parent 0..3 x: its length 2 runs 1 byte past the end of the element around it"],
    ["04ff00", "der/reserved-length-octet 1..2 length octet ff is reserved"],
    ["300205", "der/length-past-parent 0..3 x: its length 2 runs 1 byte past the end of the element around it"],
    ["0481ff", "der/length-past-parent 0..3 x: its length 255 runs 255 bytes past the end of the element around it"],
    ["bfffffffffffffff0100", "der/high-tag-form 0..7 the tag number does not end"],
    ["bf81", "der/high-tag-form 0..2 the tag number does not end"],
  ])("%s is not read", (bytes, fault) => {
    expect(read(bytes)).toEqual({ found: undefined, faults: [fault] });
  });

  test("a length with 126 length octets does not overflow", () => {
    const { found, faults } = read(concat(raw("04fe"), new Uint8Array(126).fill(0xff), raw("00")));
    expect(found).toBeUndefined();
    expect(faults).toEqual([expect.stringMatching(/^der\/length-past-parent /u)]);
  });

  test("a TLV must not extend past the end of its parent, even if the file continues", () => {
    expect(read("020105", 2).found).toBeUndefined();
    expect(read("020105", 3).found).toBeDefined();
    expect(read("0500", 1).faults).toEqual(["der/length-past-parent 0..1 x: its length octets are missing"]);
    expect(read("bf8100", 2).faults).toEqual(["der/high-tag-form 0..2 the tag number does not end"]);
    expect(read("30800000", 2).faults).toEqual([
      "der/indefinite-length 1..2 indefinite length; it must be definite",
      "der/length-past-parent 0..2 x: its indefinite length has no end",
    ]);
  });

  test("without bytes left, nothing is read and nothing is reported", () => {
    expect(read("0500", 0)).toEqual({ found: undefined, faults: [] });
    expect(read("", 5)).toEqual({ found: undefined, faults: [] });
  });

  test.each([
    [
      "1f0200",
      Tag.integer,
      "der/high-tag-form 0..2 tag 2 in the high-tag-number form; tags 0 to 30 must take one byte",
    ],
    ["bf1e00", 0xbe, "der/high-tag-form 0..2 tag 30 in the high-tag-number form; tags 0 to 30 must take one byte"],
    ["bf1f00", 0xbf, "der/high-tag-form 0..2 tag number 31; nothing in a CRL has a tag above 30"],
    ["bf2000", 0xbf, "der/high-tag-form 0..2 tag number 32; nothing in a CRL has a tag above 30"],
    ["bf800100", 0xa1, "der/high-tag-form 0..3 tag 1 in the high-tag-number form; tags 0 to 30 must take one byte"],
    ["bf810000", 0xbf, "der/high-tag-form 0..3 tag number 128; nothing in a CRL has a tag above 30"],
  ])("%s is read as its low-tag-number form, and reported", (bytes, tag, fault) => {
    const { found, faults } = read(bytes);
    expect(found).toMatchObject({ tag, end: bytes.length / 2 });
    expect(faults).toEqual([fault]);
  });

  test("a tag number may take 6 bytes at any offset", () => {
    const source = sourceOf("0500 0500 0500 bf8181818181 00 00");
    expect(readTlv(source, 6, 14, "x")).toMatchObject({ start: 6, content: 14 });
  });

  test("an indefinite length ends at its own end-of-contents octets, not at nested ones", () => {
    const { found, faults } = read("3080 3080 020105 0000 0402 0000 0000 ffff");
    expect(found).toEqual({ tag: Tag.sequence, start: 0, content: 2, contentEnd: 13, end: 15 });
    expect(faults).toEqual(["der/indefinite-length 1..2 indefinite length; it must be definite"]);
  });

  test.each([
    ["3080 0500 0000", 4],
    ["3080 0001ff 0000", 5],
    [`3080 048180${"00".repeat(128)} 0000`, 133],
    [`3080 04820100${"00".repeat(256)} 0000`, 262],
  ])("elements inside an indefinite length are skipped: %s", (bytes, contentEnd) => {
    expect(read(bytes).found).toMatchObject({ contentEnd, end: contentEnd + 2 });
  });

  test("an indefinite length without end-of-contents octets, or of a primitive, is not read", () => {
    const indefinite = "der/indefinite-length 1..2 indefinite length; it must be definite";
    expect(read("3080 020105")).toEqual({
      found: undefined,
      faults: [indefinite, "der/length-past-parent 0..5 x: its indefinite length has no end"],
    });
    expect(read("0480 0000")).toEqual({ found: undefined, faults: [indefinite] });
  });

  test("indefinite lengths are read down to the depth limit and no deeper", () => {
    expect(read(openEnded(usualLimits.depth)).found).toBeDefined();
    expect(read(openEnded(usualLimits.depth + 1)).found).toBeUndefined();
    expect(read(openEnded(usualLimits.depth + 1)).faults).toContain(
      "input/over-limit 64..66 nested deeper than 32 levels",
    );
  });

  test("reads nothing outside the input, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const source = sourceOf(bytes);
        const found = readTlv(source, 0, bytes.length, "x");
        const { content = 0, contentEnd = 0, end = 0 } = found ?? {};
        expect(content <= contentEnd && contentEnd <= end && end <= bytes.length).toBe(true);
        expect(found !== undefined || bytes.length === 0 || source.faults.count > 0).toBe(true);
      }),
    );
  });

  test("reads back what the writer wrote", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x1e }), fc.uint8Array({ maxLength: 300 }), (tag, contents) => {
        const bytes = tlv(tag, contents);
        const { found, faults } = read(bytes);
        expect(faults).toEqual([]);
        expect(found && bytes.subarray(found.content, found.contentEnd)).toEqual(contents);
        expect(found?.tag).toBe(tag);
      }),
    );
  });
});

describe("Cursor", () => {
  test("takes an element with the expected tag, and leaves any other unread", () => {
    const { source, cursor } = cursorOf("020105 0500");
    expect(cursor.take(Tag.sequence, "a")).toBeUndefined();
    expect(cursor.take(Tag.integer, "b")).toMatchObject({ start: 0, end: 3 });
    expect(cursor.take(Tag.null, "c")).toMatchObject({ start: 3, end: 5 });
    expect(cursor.atEnd).toBe(true);
    expect(cursor.take(Tag.null, "d")).toBeUndefined();
    expect(faultsOf(source)).toEqual([]);
  });

  test.each([
    [
      "1000",
      Tag.sequence,
      "der/sequence-set-must-be-constructed 0..1 SEQUENCE in primitive form; it must be constructed",
    ],
    ["2400", Tag.octetString, "der/constructed-string 0..1 OCTET STRING in constructed form; it must be primitive"],
    [
      "2200",
      Tag.integer,
      "der/sequence-set-must-be-constructed 0..1 INTEGER in constructed form; it must be primitive",
    ],
  ])("takes %s despite its wrong constructed bit, and reports it", (bytes, tag, fault) => {
    const { source, cursor } = cursorOf(bytes);
    expect(cursor.take(tag, "a")).toBeDefined();
    expect(faultsOf(source)).toEqual([fault]);
  });

  test("recognizes a tag in an unnecessary high-tag-number form", () => {
    const { cursor } = cursorOf("1f0200");
    expect(cursor.peek()).toBe(Tag.integer);
    expect(cursor.take(Tag.integer, "a")).toMatchObject({ tag: Tag.integer, content: 3 });
  });

  test("is not broken at its end, and returns nothing there", () => {
    const { source, cursor } = cursorOf("0500");
    expect(cursor.broken).toBe(false);
    cursor.read("a");
    expect([cursor.peek(), cursor.read("b"), cursor.broken]).toEqual([-1, undefined, false]);
    expect(new Cursor(source, { start: 2, end: 9 }, "").peek()).toBe(-1);
    expect(new Cursor(sourceOf("0500 0500"), { start: 2, end: 2 }, "").peek()).toBe(-1);
  });

  test.each([
    ["1f", 1, 0x1f],
    ["1f0200", 1, 0x1f],
    ["1f0200", 2, 0x02],
    ["bf1f00", 3, 0xbf],
    ["bf2000", 3, 0xbf],
  ])("%s: the next tag within the first %d bytes is %d", (bytes, end, tag) => {
    expect(new Cursor(sourceOf(bytes), { start: 0, end }, "").peek()).toBe(tag);
  });

  test("reads the contents of an element one by one", () => {
    const source = sourceOf("3005 0500 020105");
    const outer = readTlv(source, 0, 7, "x");
    const cursor = outer && Cursor.inside(source, outer, "x");
    expect([cursor?.read("a")?.start, cursor?.read("b")?.start, cursor?.atEnd]).toEqual([2, 4, true]);
  });

  test("an element that is both cut off and wrongly primitive is one fault", () => {
    const { source, cursor } = cursorOf("1005");
    expect(cursor.take(Tag.sequence, "a")).toBeUndefined();
    expect(faultsOf(source)).toEqual([
      "der/length-past-parent 0..2 list.a: its length 5 runs 5 bytes past the end of the element around it",
    ]);
  });

  test("a missing element is reported at the place where it must be", () => {
    const { source, cursor } = cursorOf("0500 020105");
    cursor.missing("structure/entry", "no SEQUENCE");
    cursor.read("a");
    cursor.missing("structure/entry", "no SEQUENCE");
    cursor.position = 9;
    cursor.missing("structure/entry", "no SEQUENCE");
    expect(faultsOf(source)).toEqual([
      "structure/entry 0..5 no SEQUENCE",
      "structure/entry 2..5 no SEQUENCE",
      "structure/entry 5..5 no SEQUENCE",
    ]);
  });

  test("is broken and at its end after an invalid frame", () => {
    const { source, cursor } = cursorOf("0205 01");
    expect(cursor.read("a")).toBeUndefined();
    expect(cursor.broken).toBe(true);
    expect(cursor.atEnd).toBe(true);
    expect(source.faults.of("der/length-past-parent")?.first[0]?.path).toBe("list.a");
  });

  test("reports each unexpected element at the end", () => {
    const { source, cursor } = cursorOf("0500 020105");
    cursor.expectEnd();
    expect(faultsOf(source)).toEqual([
      "der/unexpected-element 0..2 list contains NULL, which its definition does not have",
      "der/unexpected-element 2..5 list contains INTEGER, which its definition does not have",
    ]);
  });

  test("an unexpected element with an invalid length is one fault", () => {
    const { source, cursor } = cursorOf("0205");
    cursor.expectEnd();
    expect(faultsOf(source)).toEqual([
      "der/length-past-parent 0..2 list: its length 5 runs 5 bytes past the end of the element around it",
    ]);
    expect(source.faults.of("der/length-past-parent")?.first[0]?.path).toBe("list");
  });

  test("appends names of children to its path", () => {
    const { source } = cursorOf("");
    const name = (path: string, child: string) => new Cursor(source, { start: 0, end: 0 }, path).child(child);
    expect([name("a", "b"), name("a", "[0]"), name("", "b"), name("a", "")]).toEqual(["a.b", "a[0]", "b", "a"]);
  });
});

describe("readOutermost", () => {
  test("bytes after the value are trailing data", () => {
    const source = sourceOf("3003020105 0a");
    expect(readOutermost(source, "")).toMatchObject({ end: 5 });
    expect(faultsOf(source)).toEqual(["input/trailing-data 5..6 1 byte follows the CRL, which ends at byte 5"]);
    const more = sourceOf("0500 0a0a");
    readOutermost(more, "", "certificate");
    expect(faultsOf(more)).toEqual(["input/trailing-data 2..4 2 bytes follow the certificate, which ends at byte 2"]);
  });

  test.each([
    ["", []],
    ["30", ["der/length-past-parent 0..1 x: its length octets are missing"]],
  ])("%j has no outermost value", (bytes, faults) => {
    const source = sourceOf(bytes);
    expect(readOutermost(source, "x")).toBeUndefined();
    expect(faultsOf(source)).toEqual(faults);
  });

  test("a truncated value is one fault, and the bytes that are left are returned", () => {
    const source = sourceOf("3004020105");
    expect(readOutermost(source, "")).toMatchObject({ content: 2, contentEnd: 5, end: 5 });
    expect(source.truncatedAt).toBe(5);
    expect(faultsOf(source)).toEqual([
      "input/truncated 5..5 the file ends at byte 5, but its outermost element ends at byte 6: 1 byte is missing",
    ]);
  });

  test("a nested length that extends past the truncation is not a second fault", () => {
    const source = sourceOf("3006020305");
    const outer = readOutermost(source, "");
    const cursor = outer && Cursor.inside(source, outer, "");
    expect(cursor?.read("serial")).toBeUndefined();
    cursor?.missing("structure/entry", "nothing");
    expect(source.faults.count).toBe(1);
  });
});

describe("checkNested", () => {
  test.each([
    ["0500", []],
    ["050100", ["der/null-not-empty 0..3 NULL has contents octets; it must have none"]],
    ["3003050100", ["der/null-not-empty 2..5 NULL has contents octets; it must have none"]],
  ])("a NULL must not have contents: %s", (bytes, faults) => {
    const source = sourceOf(bytes);
    const outer = readOutermost(source, "x");
    expect(outer && checkNested(source, outer, "x")).toBe(true);
    expect(faultsOf(source)).toEqual(faults);
  });

  test.each([
    [1, true],
    [usualLimits.depth, true],
    [usualLimits.depth + 1, false],
  ])("%d levels are within the depth limit: %s", (depth, isWithin) => {
    const source = sourceOf(nested(depth));
    const outer = readOutermost(source, "x");
    expect(outer && checkNested(source, outer, "x")).toBe(isWithin);
    expect(faultsOf(source)).toEqual(isWithin ? [] : ["input/over-limit 64..66 nested deeper than 32 levels"]);
  });

  test("finds a fault after many siblings", () => {
    const source = sourceOf(seq(seq(), raw("020105"), seq(raw("0205"))));
    const outer = readOutermost(source, "x");
    expect(outer && checkNested(source, outer, "x")).toBe(false);
    expect(faultsOf(source)).toEqual([
      "der/length-past-parent 9..11 x: its length 5 runs 5 bytes past the end of the element around it",
    ]);
  });
});
