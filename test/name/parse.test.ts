import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readName } from "../../src/name/parse.ts";
import { newSource } from "../../src/der/cursor.ts";
import type { Faults } from "../../src/der/fault.ts";
import { usualLimits } from "../../src/der/limits.ts";
import { build, encodePart, nameOf, part, tlv } from "./build.ts";

const codes = (faults: Faults): string[] =>
  Array.from(faults.groups(), ({ code, first }) => `${code} ${first[0]?.path} ${first[0]?.start}`);

describe("readName", () => {
  test("reads offset, type and text of each part", () => {
    const { name, faults } = build([[part("C", "AT")], [part("CN", "Zoë", 0x0c)]], 10);
    expect(faults.count).toBe(0);
    expect(name).toEqual({
      start: 10,
      end: 40,
      broken: false,
      rdns: [
        {
          start: 12,
          end: 25,
          attributes: [
            {
              start: 14,
              end: 25,
              oid: "2.5.4.6",
              type: "C",
              valueTag: 0x13,
              valueStart: 21,
              value: { start: 23, end: 25 },
              text: "AT",
            },
          ],
        },
        {
          start: 25,
          end: 40,
          attributes: [
            {
              start: 27,
              end: 40,
              oid: "2.5.4.3",
              type: "CN",
              valueTag: 0x0c,
              valueStart: 34,
              value: { start: 36, end: 40 },
              text: "Zoë",
            },
          ],
        },
      ],
    });
  });

  const at = encodePart(part("C", "AT"));
  test.each([
    ["an empty Name", tlv(0x30), [], 0, false],
    ["an empty RDN", tlv(0x30, tlv(0x31)), [], 1, false],
    ["a value that is not a string", tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x2a, 3]), [2, 1, 5]))), [], 1, false],
    [
      "an attribute order that is not DER",
      tlv(0x30, tlv(0x31, at, encodePart(part("CN", "x")))),
      ["der/set-of-order issuer.rdnSequence[0] 15"],
      1,
      false,
    ],
    [
      "an RDN that is not a SET",
      tlv(0x30, at, tlv(0x31, at)),
      ["structure/tbs-cert-list issuer.rdnSequence[0] 2"],
      2,
      true,
    ],
    [
      "an attribute that is not a SEQUENCE",
      tlv(0x30, tlv(0x31, [5, 0])),
      ["structure/tbs-cert-list issuer.rdnSequence[0][0] 4"],
      1,
      true,
    ],
    [
      "an attribute without a value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3])))),
      ["structure/tbs-cert-list issuer.rdnSequence[0][0] 4"],
      1,
      true,
    ],
    [
      "an attribute with an element after its value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [0x13, 1, 65], [5, 0]))),
      ["der/unexpected-element issuer.rdnSequence[0][0] 14"],
      1,
      false,
    ],
    [
      "a character that PrintableString does not allow",
      tlv(0x30, tlv(0x31, encodePart(part("O", "a@b")))),
      ["der/printable-string-charset issuer.rdnSequence[0][0].value 11"],
      1,
      false,
    ],
    [
      "an attribute whose length exceeds its RDN",
      tlv(0x30, tlv(0x31, [0x30, 9])),
      ["der/length-past-parent issuer.rdnSequence[0][0] 4"],
      1,
      true,
    ],
    [
      "a type whose length exceeds its attribute",
      tlv(0x30, tlv(0x31, tlv(0x30, [6, 9]))),
      ["der/length-past-parent issuer.rdnSequence[0][0].type 6"],
      1,
      true,
    ],
    [
      "a type that ends within an arc",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 0x84]), [0x13, 1, 65]))),
      ["der/oid-not-minimal issuer.rdnSequence[0][0].type 6"],
      1,
      false,
    ],
    [
      "a string segment whose length exceeds its value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), tlv(0x2c, [0x0c, 9])))),
      [
        "der/constructed-string issuer.rdnSequence[0][0].value 11",
        "der/length-past-parent issuer.rdnSequence[0][0].value 13",
      ],
      1,
      false,
    ],
    [
      "an RDN whose length exceeds its Name",
      [0x30, 4, 0x31, 9, 1, 1],
      ["der/length-past-parent issuer.rdnSequence[0] 2"],
      0,
      true,
    ],
  ] as const)("reads %s", (_, der, faults, rdns, broken) => {
    const read = nameOf(der);
    expect(codes(read.faults)).toEqual(faults);
    expect(read.name.rdns).toHaveLength(rdns);
    expect(read.name.broken).toBe(broken);
  });

  test.each([
    [
      "an RDN that is not a SET",
      tlv(0x30, at),
      "structure/tbs-cert-list issuer.rdnSequence[0] is SEQUENCE; a RelativeDistinguishedName must be a SET",
    ],
    [
      "an attribute that is not a SEQUENCE",
      tlv(0x30, tlv(0x31, [5, 0])),
      "structure/tbs-cert-list issuer.rdnSequence[0][0] is NULL; an AttributeTypeAndValue must be a SEQUENCE",
    ],
    [
      "an attribute without a type",
      tlv(0x30, tlv(0x31, tlv(0x30, [0x13, 1, 65]))),
      "structure/tbs-cert-list issuer.rdnSequence[0][0] starts with PrintableString; it must start with an attribute type, an OBJECT IDENTIFIER",
    ],
    [
      "an empty attribute",
      tlv(0x30, tlv(0x31, [0x30, 0])),
      "structure/tbs-cert-list issuer.rdnSequence[0][0] is empty; it must start with an attribute type, an OBJECT IDENTIFIER",
    ],
    [
      "an attribute of type NULL, whose value is not checked",
      tlv(0x30, tlv(0x31, tlv(0x30, [5, 0, 0x13, 1, 0x40]))),
      "structure/tbs-cert-list issuer.rdnSequence[0][0] starts with NULL; it must start with an attribute type, an OBJECT IDENTIFIER",
    ],
    [
      "a commonName that is a BOOLEAN",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [1, 1, 255]))),
      "structure/tbs-cert-list CN is BOOLEAN, not a string",
    ],
    [
      "a commonName with tag 00",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [0, 0]))),
      "structure/tbs-cert-list CN is tag 00 (end-of-contents), not a string",
    ],
    [
      "a value of an unknown type with tag 00",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x2a, 3]), [0, 0]))),
      "structure/tbs-cert-list the value of 1.2.3 has tag 00, which no type has",
    ],
    [
      "an attribute without a value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3])))),
      "structure/tbs-cert-list issuer.rdnSequence[0][0] (CN) has no value",
    ],
    [
      "an attribute whose value has a length that is too long",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [0x13, 9]))),
      "der/length-past-parent issuer.rdnSequence[0][0].value: its length 9 runs 9 bytes past the end of the element around it",
    ],
    [
      "an attribute order that is not DER",
      tlv(0x30, tlv(0x31, at, encodePart(part("CN", "x")))),
      "der/set-of-order attribute 2 of the RDN sorts before the one it follows",
    ],
    [
      "a constructed string",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), tlv(0x2c, [0x0c, 1, 65])))),
      "der/constructed-string UTF8String in constructed form; it must be primitive",
    ],
    [
      "a type that ends within an arc",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 0x84]), [0x13, 1, 65]))),
      "der/oid-not-minimal OBJECT IDENTIFIER ends within an arc",
    ],
    [
      "a value of an unknown type with a NULL that is not empty",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x2a, 3]), [5, 1, 0]))),
      "der/null-not-empty NULL has contents octets; it must have none",
    ],
  ] as const)("reports the error in %s", (_, der, expected) => {
    const { faults } = nameOf(der);
    expect(Array.from(faults.groups(), ({ code, first }) => `${code} ${first[0]?.message}`)).toEqual([expected]);
  });

  test.each([
    ["equal attributes", tlv(0x30, tlv(0x31, at, at))],
    ["attributes in DER order", tlv(0x30, tlv(0x31, encodePart(part("CN", "x")), at))],
  ] as const)("accepts the order of %s", (_, der) => {
    expect(nameOf(der).faults.count).toBe(0);
  });

  test("reports a wrong order of attributes once per RDN", () => {
    const cn = encodePart(part("CN", "x"));
    const { faults } = nameOf(tlv(0x30, tlv(0x31, at, cn, at, cn)));
    expect(faults.of("der/set-of-order")?.count).toBe(1);
  });

  test("a malformed attribute has type ?, and an attribute without a value has value tag -1", () => {
    const [none] = nameOf(tlv(0x30, tlv(0x31, [5, 0]))).name.rdns[0]?.attributes ?? [];
    expect(none).toEqual({
      start: 4,
      end: 6,
      oid: undefined,
      type: "?",
      valueTag: -1,
      valueStart: 6,
      value: { start: 6, end: 6 },
      text: undefined,
    });
    const [untyped] = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 0x84]), [0x13, 1, 65])))).name.rdns[0]
      ?.attributes ?? [none];
    expect(untyped).toMatchObject({ oid: undefined, type: "?", text: "A" });
    const [empty] = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]))))).name.rdns[0]?.attributes ?? [none];
    expect(empty).toMatchObject({ oid: "2.5.4.3", type: "CN", valueTag: -1, valueStart: 11 });
  });

  test.each([
    ["a segment of another type", tlv(0x2c, [0x0c, 1, 65], [0x13, 1, 66])],
    ["a constructed segment", tlv(0x2c, [0x0c, 1, 65], [0x2c, 3, 0x0c, 1, 66])],
    ["a segment whose length exceeds the value", tlv(0x2c, [0x0c, 1, 65], [0x0c, 9])],
  ] as const)("a constructed string with %s has no text", (_, value) => {
    const { name } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), value))));
    expect(name.rdns[0]?.attributes[0]).toMatchObject({ valueTag: 0x2c, text: undefined });
  });

  test("joins the segments of a constructed string", () => {
    const value = tlv(0x2c, [0x0c, 1, 65], [0x04, 1, 66]);
    const { name, faults } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), value))));
    expect(name.rdns[0]?.attributes[0]?.text).toBe("AB");
    expect(codes(faults)).toEqual(["der/constructed-string issuer.rdnSequence[0][0].value 11"]);
    expect(faults.of("der/constructed-string")?.first[0]).toMatchObject({ start: 11, end: 12 });
  });

  test("stops at the limits of attributes per Name and of bytes per value", () => {
    const { name, faults } = nameOf(tlv(0x30, Array.from({ length: 100_005 }, () => [0x31, 0]).flat()));
    expect(name.rdns).toHaveLength(usualLimits.attributes);
    expect(name.broken).toBe(true);
    expect(codes(faults)).toEqual([`input/over-limit issuer ${5 + 2 * usualLimits.attributes}`]);
    const wide = nameOf(
      tlv(0x30, tlv(0x31, Array.from({ length: usualLimits.attributes + 1 }, () => [0x30, 0]).flat())),
    );
    expect(wide.name.rdns[0]?.attributes).toHaveLength(usualLimits.attributes);
    expect(wide.name.broken).toBe(true);
    const long = nameOf(tlv(0x30, tlv(0x31, encodePart(part("CN", "x".repeat(65_537))))));
    expect(long.name.rdns[0]?.attributes[0]?.text).toBeUndefined();
    expect(long.faults.of("input/over-limit")?.first[0]?.message).toBe(
      "value of 65537 bytes; at most 65536 are decoded",
    );
    const longest = nameOf(tlv(0x30, tlv(0x31, encodePart(part("CN", "x".repeat(65_536))))));
    expect(longest.name.rdns[0]?.attributes[0]?.text).toHaveLength(65_536);
    expect(faults.of("input/over-limit")?.first[0]?.message).toBe(
      "more than 100000 RDNs and attributes in one Name; the rest is not read",
    );
  });

  test("never throws and reads nothing outside the Name, for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (contents) => {
        const bytes = Uint8Array.from([...contents, 0x31, 2, 5, 0]);
        const frame = { tag: 0x30, start: 0, content: 0, contentEnd: contents.length, end: contents.length };
        const name = readName(newSource(bytes), frame, "issuer");
        for (const rdn of name.rdns) {
          expect(rdn.end).toBeLessThanOrEqual(contents.length);
          for (const each of rdn.attributes) expect(each.value.end).toBeLessThanOrEqual(rdn.end);
        }
      }),
    );
  });
});

test("in a file that is truncated within an attribute, readName reports no further error", () => {
  for (const [der, expected] of [
    [tlv(0x30, [0x31, 9, 0x30, 7]), []],
    [tlv(0x30, [0x31, 12, 0x30, 10, ...tlv(6, [0x55, 4, 3])]), []],
  ] as const) {
    const bytes = Uint8Array.from(der);
    const source = { ...newSource(bytes), truncatedAt: bytes.length };
    const frame = { tag: 0x30, start: 0, content: 2, contentEnd: bytes.length, end: bytes.length };
    expect(readName(source, frame, "issuer").rdns).toHaveLength(1);
    expect(codes(source.faults)).toEqual(expected);
  }
});
