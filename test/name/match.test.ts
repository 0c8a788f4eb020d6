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
  ])("compares %j with %j: %j", (a, b, equal) => {
    expect(prepareText(a) === prepareText(b)).toBe(equal);
  });

  test("leaves out what the attribute's own matching rule ignores", () => {
    expect(prepareText("+43 1-234", "2.5.4.20")).toBe("+431234");
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
  ] as const)("tells %s", (expected, [a, bytesA], [b, bytesB]) => {
    expect(sameValue(a, b, bytesA, bytesB)).toBe(expected);
  });
});
