import { describe, expect, test } from "vitest";
import { formatEncoded, formatName, formatTypes, formatValue, stringTypeName } from "../../src/name/format.ts";
import { build, nameOf, part, tlv } from "./build.ts";

describe("formatEncoded and formatName", () => {
  test.each([
    ["plain names", [[part("C", "AT")], [part("CN", "x y")]], "C=AT, CN=x y", "CN=x y,C=AT"],
    ["multi-valued RDNs", [[part("C", "AT")], [part("CN", "x"), part("O", "y")]], "C=AT, CN=x + O=y", "CN=x+O=y,C=AT"],
    [
      "values with separators of RDNs and attributes",
      [[part("O", "a, CN=b+c;<d>")]],
      String.raw`O=a\, CN\=b\+c\;\<d\>`,
      String.raw`O=a\, CN\=b\+c\;\<d\>`,
    ],
    ["spaces at the ends", [[part("O", " a ")], [part("L", " ")]], String.raw`O=\ a\ , L=\ `, String.raw`L=\ ,O=\ a\ `],
    [
      "a number sign at the start",
      [[part("O", "#1")], [part("L", "##[x")]],
      String.raw`O=\#1, L=\u{23}#[x`,
      String.raw`L=\23#[x,O=\#1`,
    ],
    [
      "control and bidirectional characters",
      [[part("O", 'é"\\\u202e\n', 0x0c)]],
      String.raw`O=é\"\\\u{202e}\u{a}`,
      String.raw`O=é\"\\\e2\80\ae\0a`,
    ],
    ["a space at one end", [[part("O", " a")], [part("L", "a ")]], String.raw`O=\ a, L=a\ `, String.raw`L=a\ ,O=\ a`],
    ["a value of one space", [[part("O", " ")]], String.raw`O=\ `, String.raw`O=\ `],
    ["a value of two spaces", [[part("O", "  ")]], String.raw`O=\ \ `, String.raw`O=\ \ `],
    ["a number sign and spaces in the middle", [[part("O", "a # b")]], "O=a # b", "O=a # b"],
    ["an empty name", [], String.raw`\(empty name)`, String.raw`\(empty name)`],
  ] as const)("writes %s", (_, rdns, encoded, rfc4514) => {
    const { name, bytes } = build(rdns, 5);
    expect(formatEncoded(name, bytes)).toBe(encoded);
    expect(formatName(name, bytes)).toBe(rfc4514);
  });

  test("writes a value that is not text as the bytes of its TLV", () => {
    const { name, bytes } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x2a, 3, 4]), [2, 1, 5])), tlv(0x31)));
    expect(formatEncoded(name, bytes)).toBe(String.raw`1.2.3.4=#020105, \(empty RDN)`);
    const long = nameOf(
      tlv(
        0x30,
        tlv(
          0x31,
          tlv(
            0x30,
            tlv(6, [0x2a, 3, 4]),
            tlv(
              4,
              Array.from({ length: 100 }, () => 1),
            ),
          ),
        ),
      ),
    );
    const [attribute] = long.name.rdns[0]?.attributes ?? [];
    expect(attribute && formatValue(attribute, long.bytes)).toMatch(
      /^#0464(?:01){62}\\\(38 bytes cut: [0-9a-f]{8}\)$/u,
    );
  });

  test("shows a value of 64 bytes in full, and shortens one of 65", () => {
    const valueOf = (length: number): string => {
      const value = tlv(
        4,
        Array.from({ length }, () => 1),
      );
      const { name, bytes } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x2a, 3, 4]), value))), 3);
      return formatName(name, bytes);
    };
    expect(valueOf(62)).toBe(`1.2.3.4=#043e${"01".repeat(62)}`);
    expect(valueOf(63)).toMatch(/^1\.2\.3\.4=#043f(?:01){62}\\\(1 bytes cut: [0-9a-f]{8}\)$/u);
    expect(valueOf(64).slice(-9)).not.toBe(valueOf(63).slice(-9));
  });

  test("shows a name of 1,000 characters in full, and up to 20 attributes per RDN", () => {
    const names = (last: number): string => {
      const { name, bytes } = build([
        ...Array.from({ length: 9 }, () => [part("O", "x".repeat(98))]),
        [part("O", "x".repeat(last))],
      ]);
      return formatEncoded(name, bytes);
    };
    expect(names(80)).toHaveLength(1000);
    expect(names(80)).not.toContain("more");
    expect(names(81)).toMatch(/, \\\(1 more RDNs\)$/u);
    const wide = build([Array.from({ length: 20 }, () => part("OU", "x"))]);
    expect(formatEncoded(wide.name, wide.bytes)).not.toContain("more");
    const four = build([[part("C", "AT"), part("CN", "x"), part("O", "x"), part("OU", "x")]]);
    expect(four.name.rdns.map(formatTypes)).toEqual(["CN+O+OU+C"]);
    expect(build([[]]).name.rdns.map(formatTypes)).toEqual(["(empty)"]);
  });

  test("shows the first RDN in full at any length", () => {
    const long = build([Array.from({ length: 20 }, () => part("OU", "x".repeat(98)))]);
    expect(formatEncoded(long.name, long.bytes)).toBe(
      Array(20)
        .fill(`OU=${"x".repeat(98)}`)
        .join(" + "),
    );
  });

  test("escapes the text of a value, and distinguishes values that differ in the removed bytes", () => {
    const value = (tag: number, ...contents: readonly number[]): string => {
      const { name, bytes } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), tlv(tag, contents)))));
      const attribute = name.rdns[0]?.attributes[0];
      return attribute === undefined ? "" : formatValue(attribute, bytes);
    };
    expect(value(0x13, 0x41, 0x2c, 0x22)).toBe(String.raw`A,\"`);
    const zeros = Array<number>(80).fill(0);
    expect(new Set([value(4, ...zeros), value(4, ...zeros, 1), value(4, ...zeros.with(79, 1))]).size).toBe(3);
  });

  test("shows the number of omitted RDNs and attributes", () => {
    const many = build(Array.from({ length: 500 }, () => [part("OU", "x")]));
    expect(formatEncoded(many.name, many.bytes)).toMatch(/^OU=x(?:, OU=x)*, \\\(\d+ more RDNs\)$/u);
    expect(formatEncoded(many.name, many.bytes).length).toBeLessThan(1100);
    const wide = build([Array.from({ length: 25 }, () => part("OU", "x"))]);
    expect(formatEncoded(wide.name, wide.bytes)).toBe(`${"OU=x + ".repeat(20)}${String.raw`\(5 more attributes)`}`);
    expect(wide.name.rdns.map(formatTypes)).toEqual(["OU+OU+OU+OU+..."]);
  });
});

test("each string type has a name", () => {
  const tags = [0x0c, 0x13, 0x16, 0x14, 0x1e, 0x1c, 0x33, 0x03, -1];
  expect(tags.map(stringTypeName)).toEqual([
    "UTF8String",
    "PrintableString",
    "IA5String",
    "TeletexString",
    "BMPString",
    "UniversalString",
    "constructed PrintableString",
    "BIT STRING",
    "no value",
  ]);
});
