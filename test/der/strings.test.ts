import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Faults } from "../../src/der/fault.ts";
import { bytesOf, compareBytes, firstDifference, hex, sameBytes } from "../../src/der/span.ts";
import { isStringTag, latin1, readString } from "../../src/der/strings.ts";
import { context, Tag, tagName } from "../../src/der/tag.ts";
import { bmp, ia5, printable, raw, teletex, tlv, universal, utf8 } from "../../src/fixture/der-writer.ts";
import { faultsOf, onlyTlv, sourceOf } from "./source.ts";

function read(bytes: Uint8Array) {
  const source = sourceOf(bytes);
  return { text: readString(source, onlyTlv(source), "s"), faults: faultsOf(source) };
}

describe("readString", () => {
  test.each([
    ["UTF8String", utf8("aé€😀"), "aé€😀"],
    ["UTF8String with a byte order mark", utf8("\u{feff}a"), "\u{feff}a"],
    ["PrintableString", printable("aZ0 '()+,-./:=?"), "aZ0 '()+,-./:=?"],
    ["IA5String", ia5("a@b_c~\u{0}"), "a@b_c~\u{0}"],
    ["TeletexString", teletex("é"), "é"],
    ["BMPString", bmp("aé€"), "aé€"],
    ["UniversalString", universal("a😀"), "a😀"],
    ["NumericString", tlv(Tag.numericString, raw("30 20 39")), "0 9"],
    ["an empty string", utf8(""), ""],
  ])("decodes %s", (_, bytes, text) => {
    expect(read(bytes)).toEqual({ text, faults: [] });
  });

  test.each(Array.from('*@_&;!"#$%<>[]\\^`{|}~\u{7f}\n', (character) => [character]))(
    "a PrintableString that contains %j is reported",
    (character) => {
      expect(read(printable(`a${character}`)).faults).toHaveLength(1);
    },
  );

  test("a fault names the character that is not allowed", () => {
    expect(read(printable("a_b")).faults).toEqual([
      'der/printable-string-charset 0..5 PrintableString contains "_", which its character set does not have',
    ]);
    expect(read(printable("a~")).faults).toEqual([
      'der/printable-string-charset 0..4 PrintableString contains "~", which its character set does not have',
    ]);
    expect(read(printable("\u{7f}a")).faults).toEqual([
      "der/printable-string-charset 0..4 PrintableString contains byte 7f, which its character set does not have",
    ]);
    expect(read(printable("a\n")).faults).toEqual([
      "der/printable-string-charset 0..4 PrintableString contains byte 0a, which its character set does not have",
    ]);
  });

  test.each([
    ["7f", []],
    ["80", ["der/ia5-string-charset 0..3 IA5String contains byte 80; its character set ends at 7f"]],
  ])("IA5String with byte %s", (byte, faults) => {
    expect(read(tlv(Tag.ia5String, raw(byte))).faults).toEqual(faults);
  });

  test.each(["c080", "eda080", "f4908080", "ff", "c3", "80"])("UTF8String %s is not well-formed", (bytes) => {
    expect(read(tlv(Tag.utf8String, raw(bytes)))).toEqual({
      text: undefined,
      faults: [`der/utf8-string-invalid 0..${2 + bytes.length / 2} UTF8String is not well-formed UTF-8`],
    });
  });

  test.each([
    [Tag.bmpString, "004100"],
    [Tag.bmpString, "d800"],
    [Tag.bmpString, "dfff"],
    [Tag.universalString, "000041"],
    [Tag.universalString, "00110000"],
    [Tag.universalString, "0000d800"],
    [Tag.numericString, "41"],
    [Tag.numericString, "3041"],
    [Tag.numericString, "4130"],
  ])("tag %d with contents %s is not valid text", (tag, bytes) => {
    const length = bytes.length / 2;
    expect(read(tlv(tag, raw(bytes)))).toEqual({
      text: undefined,
      faults: [
        `der/bmp-universal-teletex-malformed 0..${2 + length} ${tagName(tag)} of ${length} ${length === 1 ? "byte" : "bytes"} is not valid text`,
      ],
    });
  });

  test("isStringTag accepts the string types of X.520", () => {
    const types = Array.from({ length: 0x100 }, (_, tag) => tag).filter(isStringTag);
    expect(types.map(tagName)).toEqual([
      "UTF8String",
      "NumericString",
      "PrintableString",
      "TeletexString",
      "IA5String",
      "VisibleString",
      "UniversalString",
      "BMPString",
    ]);
  });

  test("BMPString allows code points up to ffff, UniversalString up to 10ffff", () => {
    expect(read(tlv(Tag.bmpString, raw("ffff"))).text).toBe("\u{ffff}");
    expect(read(tlv(Tag.universalString, raw("0010ffff"))).text).toBe("\u{10ffff}");
  });

  test("reads another type under an IMPLICIT tag", () => {
    const source = sourceOf(tlv(0x86, raw("68c3a9")));
    expect(readString(source, onlyTlv(source), "uri", Tag.ia5String)).toBe("hÃ©");
    expect(source.faults.of("der/ia5-string-charset")?.count).toBe(1);
  });
});

test("latin1 decodes any number of bytes", () => {
  const bytes = new Uint8Array(100_000).fill(0xe9);
  expect(latin1(bytes)).toBe("é".repeat(100_000));
});

describe("bytes", () => {
  test("are compared as if padded with zeros (X.690 11.6)", () => {
    expect(Math.sign(compareBytes(raw("01"), raw("0200")))).toBe(-1);
    expect(Math.sign(compareBytes(raw("0101"), raw("01")))).toBe(1);
    expect(compareBytes(raw("01"), raw("0100"))).toBe(0);
    expect(sameBytes(raw("01"), raw("0100"))).toBe(false);
    expect(sameBytes(raw("0102"), raw("0103"))).toBe(false);
    expect(sameBytes(raw("0102"), raw("0102"))).toBe(true);
  });

  test("have an antisymmetric and transitive order", () => {
    const bytes = fc.uint8Array({ maxLength: 4, max: 2 });
    fc.assert(
      fc.property(bytes, bytes, bytes, (a, b, c) => {
        expect(Math.sign(compareBytes(a, b))).toBe(-Math.sign(compareBytes(b, a)) + 0);
        const isChain = compareBytes(a, b) <= 0 && compareBytes(b, c) <= 0;
        expect(!isChain || compareBytes(a, c) <= 0).toBe(true);
      }),
    );
  });

  test.each([
    ["0102", "0102", -1],
    ["0102", "0103", 1],
    ["01", "0102", 1],
    ["", "01", 0],
  ])("%s and %s first differ at index %d", (a, b, index) => {
    expect(firstDifference(raw(a), raw(b))).toBe(index);
  });

  test("of a span include its start and exclude its end", () => {
    expect(bytesOf(raw("00010203"), { start: 1, end: 3 })).toEqual(raw("0102"));
  });

  test("are shown in hexadecimal", () => {
    expect([hex(raw("00ff0a")), hex(raw("00ff0a"), ":")]).toEqual(["00ff0a", "00:ff:0a"]);
  });
});

test("a context-specific tag contains its number and its constructed bit", () => {
  expect([context(0, true), context(1, true), context(2, false)]).toEqual([0xa0, 0xa1, 0x82]);
});

test.each([
  [0x01, "BOOLEAN"],
  [0x02, "INTEGER"],
  [0x03, "BIT STRING"],
  [0x04, "OCTET STRING"],
  [0x05, "NULL"],
  [0x06, "OBJECT IDENTIFIER"],
  [0x0a, "ENUMERATED"],
  [0x17, "UTCTime"],
  [0x18, "GeneralizedTime"],
  [0x31, "SET"],
  [0x0f, "tag 0x0f"],
  [0x30, "SEQUENCE"],
  [0x10, "primitive SEQUENCE"],
  [0x24, "constructed OCTET STRING"],
  [0xa3, "[3]"],
  [0x7f, "tag 0x7f"],
])("tag %d is called %s", (tag, name) => {
  expect(tagName(tag)).toBe(name);
});

test("all faults are counted, and the first few are kept", () => {
  const faults = new Faults(2);
  for (let i = 0; i < 5; i += 1) faults.add("der/integer-empty", { start: i, end: i + 1 }, "p", "m");
  faults.add("der/boolean-length", { start: 9, end: 10 }, "p", "m");
  expect(faults.count).toBe(6);
  expect(faults.of("der/integer-empty")).toMatchObject({ count: 5, first: [{ start: 0 }, { start: 1 }] });
  expect(faults.of("der/null-not-empty")).toBeUndefined();
  expect([...faults.groups()].map(({ code }) => code)).toEqual(["der/integer-empty", "der/boolean-length"]);
});
