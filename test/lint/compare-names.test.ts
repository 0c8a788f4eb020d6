import { describe, expect, test } from "vitest";
import { describeDifference } from "../../src/checks/compare-names.ts";
import type { NameComparison } from "../../src/rule/report.ts";
import { diffNames, type NameSource } from "../../src/name/diff.ts";
import { build, nameOf, part, tlv } from "../name/build.ts";

function compare(crl: NameSource, ca: NameSource): NameComparison {
  const difference = diffNames(crl, ca);
  if (difference === undefined) throw new Error("the names are the same");
  return describeDifference(difference, { ...crl, path: "issuer" }, { ...ca, path: "subject" });
}

const c = part("C", "AT");
const cn = part("CN", "x");

describe("the comparison of names in reports", () => {
  test("has both sides of each row, and omits a missing side", () => {
    const { rdns, ...rest } = compare(build([[cn], [part("O", "b")]], 4), build([[cn]], 9));
    expect(rest).toStrictEqual({
      difference: "extra-rdn",
      differences: ["extra-rdn"],
      summary: "RDN 2 (O) is not in the subject",
      firstDifferingByte: 1,
      omitted: 0,
      excerpt: {
        crl: { path: "issuer", offset: 4, hex: "3018310a30080603550403130178310a" },
        ca: { path: "subject", offset: 9, hex: "300c310a30080603550403130178" },
        differsAt: 1,
      },
    });
    const attribute = { type: "CN", oid: "2.5.4.3", string: "PrintableString", text: "x" };
    const rdn = { index: 0, length: 12, hex: "310a30080603550403130178" };
    expect(rdns).toStrictEqual([
      {
        mark: "=",
        foundAt: 0,
        crl: { ...rdn, offset: 6, attributes: [{ ...attribute, offset: 15 }] },
        ca: { ...rdn, offset: 11, attributes: [{ ...attribute, offset: 20 }] },
      },
      {
        mark: "none",
        crl: {
          index: 1,
          offset: 18,
          length: 12,
          hex: "310a3008060355040a130162",
          attributes: [{ ...attribute, type: "O", oid: "2.5.4.10", text: "b", offset: 27 }],
        },
      },
    ]);
    const { rdns: missing } = compare(build([[cn]]), build([[cn], [c]]));
    expect(missing.map((row) => Object.keys(row))).toEqual([
      ["mark", "foundAt", "crl", "ca"],
      ["mark", "ca"],
    ]);
  });

  test("describes a value that is not text, and a type that cannot be read", () => {
    const unreadable = nameOf(tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, []), [2, 1, 5]))));
    expect(compare(unreadable, build([[cn]])).rdns[0]?.crl?.attributes).toStrictEqual([
      { type: "?", oid: "", string: "INTEGER", text: "#020105", undecoded: true, offset: 8 },
    ]);
  });

  test("lists 100 rows and 100 attributes of an RDN, and counts the omitted rows", () => {
    const many = (count: number): NameSource => build(Array.from({ length: count }, (_, i) => [part("OU", `${i}`)]));
    const full = compare(many(100), many(1));
    expect([full.rdns.length, full.omitted]).toEqual([100, 0]);
    const cut = compare(many(101), many(1));
    expect([cut.rdns.length, cut.omitted]).toEqual([100, 1]);
    const wide = build([Array.from({ length: 101 }, (_, i) => part("OU", `${i}`))]);
    const [row] = compare(wide, build([[cn]])).rdns;
    expect(row?.crl?.attributes).toHaveLength(100);
    expect(row?.crl?.hex).toHaveLength(512);
  });

  test("shows 16 bytes around the first difference, at most 8 of them before it", () => {
    const { excerpt, firstDifferingByte } = compare(build([[c], [cn]], 20), build([[c], [part("CN", "y")]], 30));
    expect(firstDifferingByte).toBe(26);
    expect(excerpt).toStrictEqual({
      crl: { path: "issuer", offset: 38, hex: "080603550403130178" },
      ca: { path: "subject", offset: 48, hex: "080603550403130179" },
      differsAt: 8,
    });
  });
});
