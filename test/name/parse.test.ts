import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maximumAttributes, readName } from "../../src/name/parse.ts";
import { Faults } from "../../src/der/fault.ts";
import { build, encodePart, nameOf, part, tlv } from "./build.ts";

const codes = (faults: Faults): string[] =>
  Array.from(faults.groups(), ({ code, first }) => `${code} ${first[0]?.path} ${first[0]?.start}`);

describe("readName", () => {
  test("gives every part its place, type and text", () => {
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
    ["a value that is no string", tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [2, 1, 5]))), [], 1, false],
    [
      "an attribute order that is not DER",
      tlv(0x30, tlv(0x31, at, encodePart(part("CN", "x")))),
      ["der/set-of-order issuer.rdnSequence[0] 15"],
      1,
      false,
    ],
    [
      "an RDN that is no SET",
      tlv(0x30, at, tlv(0x31, at)),
      ["structure/tbs-cert-list issuer.rdnSequence[0] 2"],
      2,
      true,
    ],
    [
      "an attribute that is no SEQUENCE",
      tlv(0x30, tlv(0x31, [5, 0])),
      ["structure/tbs-cert-list issuer.rdnSequence[0][0] 4"],
      1,
      true,
    ],
    [
      "an attribute without value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3])))),
      ["structure/tbs-cert-list issuer.rdnSequence[0][0] 4"],
      1,
      true,
    ],
    [
      "an attribute with more than a value",
      tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), [0x13, 1, 65], [5, 0]))),
      ["der/unexpected-element issuer.rdnSequence[0][0] 14"],
      1,
      false,
    ],
    [
      "a character that is not printable",
      tlv(0x30, tlv(0x31, encodePart(part("O", "a@b")))),
      ["der/printable-string-charset issuer.rdnSequence[0][0].value 11"],
      1,
      false,
    ],
    [
      "a frame that does not stand",
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

  test("puts a constructed string together", () => {
    const value = tlv(0x2c, [0x0c, 1, 65], [0x04, 1, 66]);
    const { name, faults } = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), value))));
    expect(name.rdns[0]?.attributes[0]?.text).toBe("AB");
    expect(codes(faults)).toEqual(["der/constructed-string issuer.rdnSequence[0][0].value 11"]);
  });

  test("stops at its limits", () => {
    const { name, faults } = nameOf(tlv(0x30, Array.from({ length: 100_005 }, () => [0x31, 0]).flat()));
    expect(name.rdns).toHaveLength(maximumAttributes);
    expect(name.broken).toBe(true);
    expect(codes(faults)).toEqual([`input/over-limit issuer ${5 + 2 * maximumAttributes}`]);
    const long = nameOf(tlv(0x30, tlv(0x31, encodePart(part("CN", "x".repeat(65_537))))));
    expect(long.name.rdns[0]?.attributes[0]?.text).toBeUndefined();
    expect(long.faults.of("input/over-limit")?.count).toBe(1);
  });

  test("never throws and never leaves its frame", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        const bytes = Uint8Array.from([...octets, 0x31, 2, 5, 0]);
        const frame = { tag: 0x30, start: 0, content: 0, contentEnd: octets.length, end: octets.length };
        const name = readName({ bytes, faults: new Faults() }, frame, "issuer");
        for (const rdn of name.rdns) {
          expect(rdn.end).toBeLessThanOrEqual(octets.length);
          for (const each of rdn.attributes) expect(each.value.end).toBeLessThanOrEqual(rdn.end);
        }
      }),
    );
  });
});
