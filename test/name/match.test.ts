import { describe, expect, test } from "vitest";
import { prepareText, sameValue } from "../../src/name/match.ts";
import type { Attribute } from "../../src/name/parse.ts";
import { build, nameOf, part, tlv, types } from "./build.ts";

describe("prepareText", () => {
  test.each([
    ["Example CA", "EXAMPLE ca", true],
    [" a  b ", "a b", true],
    ["ab", "a b", false],
    ["a\tb\u00a0c", "a b c", true],
    ["Straße", "STRASSE", true],
    ["ΣΑΣ", "σας", true],
    ["\u0131", "i", false],
    ["ﬁ Ａ", "fi a", true],
    ["e\u0301", "É", true],
    ["é", "e", false],
    ["a\u00adb\u200bc\u0007", "abc", true],
    ["", " ", true],
    ["\u0131a", "\u0131A", true],
    ["aß\u0131ß", "ASS\u0131SS", true],
    ["a!", "a~", false],
    ["a b ", "a b", true],
    ["a b\u00e9", "A  B\u00c9", true],
  ])("%j equals %j: %j", (a, b, equal) => {
    expect(prepareText(a) === prepareText(b)).toBe(equal);
  });

  // RFC 4518 2.2, in the order of its text.
  const nothing = [
    [0xad],
    [0x1806],
    [0x34f],
    [0x180b, 0x180d],
    [0xfe00, 0xfe0f],
    [0xfffc],
    [0x0, 0x8],
    [0xe, 0x1f],
    [0x7f, 0x84],
    [0x86, 0x9f],
    [0x6dd],
    [0x70f],
    [0x180e],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x2063],
    [0x206a, 0x206f],
    [0xfeff],
    [0xfff9, 0xfffb],
    [0x1d173, 0x1d17a],
    [0xe0001],
    [0xe0020, 0xe007f],
  ];
  const space = [
    [0x9, 0xd],
    [0x85],
    [0xa0],
    [0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f],
    [0x205f],
    [0x3000],
  ];
  const inside = (ranges: readonly (readonly number[])[]): readonly string[] =>
    ranges.flatMap(([first = 0, last = first]) =>
      Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
    );

  test("maps the characters of RFC 4518 2.2 to nothing or to a space", () => {
    expect(inside(nothing).filter((character) => prepareText(`a${character}b`) !== "ab")).toEqual([]);
    expect(inside(space).filter((character) => prepareText(`a${character} b`) !== "a b")).toEqual([]);
    expect(inside(space).filter((character) => prepareText(`${character}b${character}`) !== "b")).toEqual([]);
    const others = [0x21, 0x7e, 0xa1, 0xac, 0xae, 0x34e, 0x350, 0x6dc, 0x6de, 0x1805, 0x2010, 0x2027, 0x2030, 0xfffd];
    for (const other of others) expect(prepareText(`a${String.fromCodePoint(other)}b`)).toHaveLength(3);
  });

  test("omits characters that the attribute's own matching rule ignores", () => {
    expect(prepareText("+43 1-234", "2.5.4.20")).toBe("+431234");
    expect(prepareText("1\u058a2\u20103\u20114\u22125\ufe636\uff0d7", "2.5.4.20")).toBe("1234567");
    expect(prepareText("12-3", "2.5.4.24")).toBe("12-3");
    expect(prepareText("1-2 3")).toBe("1-2 3");
    expect(prepareText("12 3", "2.5.4.24")).toBe("123");
    expect(prepareText("12 3", "2.5.4.5")).toBe("12 3");
  });
});

const read = ({ name, bytes }: ReturnType<typeof nameOf>): [Attribute, Uint8Array] => {
  const attribute = name.rdns[0]?.attributes[0];
  if (attribute === undefined) throw new Error("no attribute");
  return [attribute, bytes];
};

const of = (text: string, tag = 0x13): [Attribute, Uint8Array] => read(build([[part("CN", text, tag)]]));
const raw = (value: readonly number[]): [Attribute, Uint8Array] =>
  read(nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, types.CN), value)))));

describe("sameValue", () => {
  test.each([
    ["same", of("a"), of("a")],
    ["encoding", raw([0x33, 3, 0x13, 1, 97]), of("a")],
    ["type", of("a", 0x0c), of("a")],
    ["case", of("A", 0x0c), of("a")],
    ["text", of("b"), of("a")],
    ["same", raw([2, 1, 5]), raw([2, 1, 5])],
    ["text", raw([2, 1, 5]), raw([2, 1, 6])],
    ["text", raw([2, 1, 97]), of("a")],
  ] as const)("returns %s", (expected, [a, bytesA], [b, bytesB]) => {
    expect(sameValue(a, b, bytesA, bytesB)).toBe(expected);
  });
});
