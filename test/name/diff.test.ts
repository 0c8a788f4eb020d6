import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hex } from "../../src/der/span.ts";
import { bytesOf } from "../../src/der/span.ts";
import { diffNames, type NameSource } from "../../src/name/diff.ts";
import type { NameDifference } from "../../src/name/difference.ts";
import { build, encodePart, encodeRdn, nameOf, part, type Part, tlv } from "./build.ts";

const c = part("C", "AT");
const o = part("O", "e-commerce monitoring GmbH");
const ou = part("OU", "Trust");
const cn = part("CN", "GLOBALTRUST 2020 SERVER OV 1");
const utf8 = 0x0c;
const withTag = (each: Part, tag: number): Part => ({ ...each, tag });
const withText = (each: Part, text: string): Part => ({ ...each, text });
const name = (...parts: readonly (Part | readonly Part[])[]): NameSource =>
  build(parts.map((each) => ("type" in each ? [each] : each)));

function diff(crl: NameSource, ca: NameSource): NameDifference {
  const difference = diffNames(crl, ca);
  if (difference === undefined) throw new Error("the names are the same");
  return difference;
}

const marks = (difference: NameDifference): string[] => difference.rows.map((row) => row.mark);

describe("diffNames", () => {
  test("reports no difference for identical bytes at different offsets", () => {
    expect(diffNames(build([[c], [cn]], 3), build([[c], [cn]], 40))).toBeUndefined();
  });

  test("reports each row of the reversed GLOBALTRUST issuer", () => {
    const crl = build([[cn], [o], [c]], 26);
    const ca = build([[c], [o], [cn]], 155);
    expect(diff(crl, ca)).toEqual({
      kind: "reversed",
      kinds: ["reversed"],
      equivalent: false,
      summary: "same RDNs, reversed order",
      firstDifference: 3,
      rows: [
        {
          index: 0,
          left: crl.name.rdns[0],
          leftIndex: 0,
          right: ca.name.rdns[0],
          rightIndex: 0,
          mark: "#3",
          foundAt: 2,
        },
        {
          index: 1,
          left: crl.name.rdns[1],
          leftIndex: 1,
          right: ca.name.rdns[1],
          rightIndex: 1,
          mark: "=",
          foundAt: 1,
        },
        {
          index: 2,
          left: crl.name.rdns[2],
          leftIndex: 2,
          right: ca.name.rdns[2],
          rightIndex: 2,
          mark: "#1",
          foundAt: 0,
        },
      ],
    });
  });

  test.each<[string, NameSource, NameSource, string, string, string[], boolean]>([
    [
      "RDNs in another order",
      name(o, c, cn),
      name(c, o, cn),
      "reordered",
      "same RDNs, another order",
      ["#2", "#1", "="],
      false,
    ],
    ["two RDNs swapped", name(cn, c), name(c, cn), "reversed", "same RDNs, reversed order", ["#2", "#1"], false],
    [
      "repeated RDNs in another order",
      name(ou, c, ou),
      name(ou, ou, c),
      "reordered",
      "same RDNs, another order",
      ["=", "#3", "#2"],
      false,
    ],
    [
      "different string types",
      name(c, withTag(o, utf8), withTag(cn, utf8)),
      name(c, o, cn),
      "string-type",
      "same text, different ASN.1 string types",
      ["=", "type", "type"],
      true,
    ],
    [
      "different case",
      name(c, withText(o, "E-COMMERCE  monitoring gmbh "), cn),
      name(c, o, cn),
      "case-or-space",
      "same text except for case or whitespace",
      ["=", "case", "="],
      true,
    ],
    [
      "different case and string type",
      name(c, withTag(withText(o, "E-commerce monitoring GmbH"), utf8)),
      name(c, o),
      "string-type case-or-space",
      "same text, different ASN.1 string types; different case or whitespace",
      ["=", "case"],
      true,
    ],
    [
      "reversed RDNs with different string types",
      name(withTag(cn, utf8), o, c),
      name(c, o, cn),
      "reversed string-type",
      "same RDNs, reversed order; different ASN.1 string types",
      ["type", "=", "#1"],
      false,
    ],
    [
      "reversed RDNs with different text",
      name(withText(cn, "X"), ou, o, c),
      name(c, o, ou, cn),
      "reversed text",
      "reversed order; RDN 1 (CN) holds other text",
      ["text", "#3", "#2", "#1"],
      false,
    ],
    [
      "reversed RDNs with one missing",
      name(cn, o, c),
      name(c, o, ou, cn),
      "reversed missing-rdn",
      "reversed order; RDN 3 (OU) of the subject is missing",
      ["#4", "=", "#1", "moved"],
      false,
    ],
    [
      "one missing RDN",
      name(c, o, cn),
      name(c, o, ou, cn),
      "missing-rdn",
      "RDN 3 (OU) of the subject is missing",
      ["=", "=", "missing", "#4"],
      false,
    ],
    [
      "two missing RDNs",
      name(o),
      name(c, o, cn),
      "missing-rdn",
      "RDNs 1 (C) and 3 (CN) of the subject are missing",
      ["missing", "#2", "missing"],
      false,
    ],
    ["an empty issuer", name(), name(c, o), "missing-rdn", "the issuer is empty", ["missing", "missing"], false],
    [
      "one additional RDN",
      name(c, o, ou, cn),
      name(c, o, cn),
      "extra-rdn",
      "RDN 3 (OU) is not in the subject",
      ["=", "=", "none", "#3"],
      false,
    ],
    [
      "one repeated RDN",
      name(c, o, cn, o),
      name(c, o, cn),
      "repeated-rdn",
      "RDN 4 (O) repeats an RDN of the subject",
      ["=", "=", "=", "repeated"],
      false,
    ],
    [
      "one missing and one additional RDN",
      name(c, ou, cn),
      name(c, o, cn),
      "missing-rdn extra-rdn",
      "RDN 2 (O) of the subject is missing; RDN 2 (OU) is not in the subject",
      ["=", "none", "="],
      false,
    ],
    [
      "an RDN with different text",
      name(c, o, withText(cn, "GLOBALTRUST 2020")),
      name(c, o, cn),
      "text",
      "RDN 3 (CN) holds other text",
      ["=", "=", "text"],
      false,
    ],
    [
      "a single RDN with different text",
      name(withText(cn, "x")),
      name(cn),
      "text",
      "RDN 1 (CN) holds other text",
      ["text"],
      false,
    ],
    [
      "an RDN with a different attribute type",
      name(c, o, { ...cn, type: "OU" }),
      name(c, o, cn),
      "attribute-type",
      "RDN 3 (OU) has the same value but another attribute type",
      ["=", "=", "oid"],
      false,
    ],
    [
      "a single RDN with a different attribute type",
      name({ ...cn, type: "OU" }),
      name(cn),
      "attribute-type",
      "RDN 1 (OU) has the same value but another attribute type",
      ["oid"],
      false,
    ],
    [
      "merged RDNs",
      name(c, [o, cn]),
      name(c, o, cn),
      "merged",
      "RDNs of the subject are merged into multi-valued RDN 2 (O+CN)",
      ["=", "merged", "merged"],
      false,
    ],
    [
      "a split RDN",
      name(c, o, cn),
      name(c, [o, cn]),
      "split",
      "multi-valued RDN 2 (O+CN) of the subject is split",
      ["=", "split", "split"],
      false,
    ],
    [
      "merged RDNs in reverse order",
      name([cn, o], c),
      name(c, o, cn),
      "merged reversed",
      "RDNs of the subject are merged into multi-valued RDN 1 (O+CN); reversed order",
      ["merged", "#1", "merged"],
      false,
    ],
    [
      "RDNs grouped differently",
      name([c, o], cn),
      name(c, [o, cn]),
      "merged split",
      "RDNs of the subject are merged into multi-valued RDN 1 (C+O); multi-valued RDN 2 (O+CN) of the subject is split",
      ["merged", "split"],
      false,
    ],
    [
      "a split RDN with a different string type",
      name(c, withTag(o, utf8), cn),
      name(c, [o, cn]),
      "split string-type",
      "multi-valued RDN 2 (O+CN) of the subject is split; different ASN.1 string types",
      ["=", "split", "split"],
      false,
    ],
    [
      "the name of another CA",
      name(part("C", "DE"), part("CN", "x")),
      name(c, o, cn),
      "different",
      "no RDN in common, another CA's name",
      ["text", "missing", "text"],
      false,
    ],
    [
      "two repeated RDNs",
      name(c, o, cn, o, c),
      name(c, o, cn),
      "repeated-rdn",
      "RDNs 4 (O) and 5 (C) repeat RDNs of the subject",
      ["=", "=", "=", "repeated", "repeated"],
      false,
    ],
    [
      "three additional RDNs",
      name(c, ou, part("L", "x"), withText(ou, "y"), cn),
      name(c, cn),
      "extra-rdn",
      "RDNs 2 (OU), 3 (L) and 4 (OU) are not in the subject",
      ["=", "none", "none", "none", "#2"],
      false,
    ],
    [
      "four additional RDNs",
      name(c, ou, part("L", "x"), withText(ou, "y"), withText(ou, "z"), cn),
      name(c, cn),
      "extra-rdn",
      "4 RDNs (the first is 2, OU) are not in the subject",
      ["=", "none", "none", "none", "none", "#2"],
      false,
    ],
    [
      "two RDNs with different text",
      name(c, withText(o, "x"), withText(cn, "y")),
      name(c, o, cn),
      "text",
      "RDNs 2 (O) and 3 (CN) hold other text",
      ["=", "text", "text"],
      false,
    ],
    [
      "two RDNs with different attribute types",
      name(c, { ...o, type: "L" }, { ...cn, type: "OU" }),
      name(c, o, cn),
      "attribute-type",
      "RDNs 2 (L) and 3 (OU) have the same value but another attribute type",
      ["=", "oid", "oid"],
      false,
    ],
    [
      "two split RDNs",
      name(c, o, cn, ou),
      name([c, o], [cn, ou]),
      "split",
      "multi-valued RDNs 1 (C+O) and 2 (OU+CN) of the subject are split",
      ["split", "split", "split", "split"],
      false,
    ],
    [
      "merged RDNs in different case",
      name(c, [withText(o, "E-COMMERCE MONITORING GMBH"), cn]),
      name(c, o, cn),
      "merged case-or-space",
      "RDNs of the subject are merged into multi-valued RDN 2 (O+CN); different case or whitespace",
      ["=", "merged", "merged"],
      false,
    ],
    [
      "RDNs in another order, one with different text",
      name(o, c, ou, withText(cn, "X")),
      name(c, o, ou, cn),
      "reordered text",
      "another order; RDN 4 (CN) holds other text",
      ["#2", "#1", "=", "text"],
      false,
    ],
  ])("reports %s", (_, crl, ca, kinds, summary, expected, equivalent) => {
    const difference = diff(crl, ca);
    expect(difference.kinds.join(" ")).toBe(kinds);
    expect(difference.kind).toBe(difference.kinds[0]);
    expect(difference.summary).toBe(summary);
    expect(marks(difference)).toEqual(expected);
    expect(difference.equivalent).toBe(equivalent);
  });

  test("reports attributes in another order inside a SET", () => {
    const attributes = [o, cn].map(encodePart);
    const sorted = nameOf(tlv(0x30, encodeRdn([c]), encodeRdn([o, cn])));
    const unsorted = nameOf(tlv(0x30, encodeRdn([c]), tlv(0x31, ...attributes)));
    const swapped = nameOf(tlv(0x30, encodeRdn([c]), tlv(0x31, ...attributes.toReversed())));
    const other = diffNames(unsorted, sorted) === undefined ? swapped : unsorted;
    const difference = diff(other, sorted);
    expect(difference).toMatchObject({ kinds: ["set-order"], equivalent: true });
    expect(difference.summary).toMatch(/^same attributes, another order inside RDN 2 \((O\+CN|CN\+O)\)$/u);
    expect(marks(difference)).toEqual(["=", "order"]);
  });

  test("reports the same name in bytes that are not DER", () => {
    const rdn = encodeRdn([cn]);
    const der = nameOf(tlv(0x30, rdn));
    for (const ber of [
      [0x30, 0x81, rdn.length, ...rdn],
      tlv(0x30, [0x31, 0x81, rdn.length - 2, ...rdn.slice(2)]),
      tlv(
        0x30,
        tlv(0x31, tlv(0x30, tlv(6, [0x55, 4, 3]), tlv(0x33, tlv(0x13, Array.from(new TextEncoder().encode(cn.text)))))),
      ),
    ]) {
      const difference = diff(nameOf(ber), der);
      expect(difference).toMatchObject({
        kinds: ["encoding"],
        equivalent: true,
        summary: "same name, encoded in other bytes",
      });
    }
  });

  test("compares values that are not text, and attributes that cannot be read, by their bytes", () => {
    const rdn = (type: readonly number[], value: readonly number[]): number[] =>
      tlv(0x31, tlv(0x30, tlv(6, type), [...value]));
    const cnType = [0x55, 4, 3];
    const of = (...rdns: readonly number[][]): NameSource => nameOf(tlv(0x30, ...rdns));
    const [five, six] = [rdn(cnType, [2, 1, 5]), rdn(cnType, [2, 1, 6])];
    expect(diff(of(five, six), of(six, five)).kinds).toEqual(["reversed"]);
    expect(diff(of(five), of(six)).kinds).toEqual(["text"]);
    expect(diff(of(five), of(rdn(cnType, [4, 1, 5]))).kinds).toEqual(["text"]);
    expect(diff(of(five), of(rdn([0x55, 4, 10], [2, 1, 5]))).kinds).toEqual(["attribute-type"]);
    const [untyped, other] = [rdn([0x55, 0x84], [2, 1, 5]), rdn([0x55, 0x85], [2, 1, 5])];
    expect(diff(of(untyped, other), of(other, untyped)).kinds).toEqual(["reversed"]);
    expect(diff(of(five, untyped), of(five)).kinds).toEqual(["extra-rdn"]);
    const [empty, full] = [tlv(0x31), encodeRdn([cn])];
    expect(diff(of(empty, full), of(full, empty)).kinds).toEqual(["reversed"]);
  });

  test("reports a truncated name", () => {
    const rdn = encodeRdn([cn]);
    const difference = diff(nameOf(tlv(0x30, rdn, [0x31, 9])), nameOf(tlv(0x30, rdn)));
    expect(difference).toMatchObject({
      kinds: ["encoding"],
      equivalent: false,
      summary: "the issuer cannot be read as a Name to its end",
    });
  });

  test("reports the parent's name, but not for a self-issued CA", () => {
    const parent = name(c, o, withText(cn, "Root"));
    const ca = name(c, o, cn);
    const parentBytes = bytesOf(parent.bytes, parent.name);
    expect(diffNames(parent, ca, { parent: parentBytes })).toMatchObject({
      kinds: ["parent-name"],
      summary: "it is the name of the CA certificate's own issuer, one level up",
    });
    expect(diffNames(name(c, o), ca, { parent: parentBytes })?.kinds).toEqual(["missing-rdn"]);
    const issued = name(c, o, withTag(cn, utf8));
    expect(diffNames(issued, ca, { parent: bytesOf(issued.bytes, issued.name) })?.kinds).toEqual(["string-type"]);
  });

  test("puts every RDN into exactly one row", () => {
    const difference = diff(name(ou, c, part("L", "x"), cn, cn), name(c, o, ou, part("L", "y"), cn));
    expect(difference.rows.map((row) => row.leftIndex)).toEqual([0, 1, 2, 3, 4]);
    expect(difference.rows.map((row) => row.rightIndex)).toEqual([0, 1, 2, 3, 4]);
    const uneven = diff(name(ou, c, part("L", "x"), cn), name(c, o, ou, part("L", "y"), cn)).rows;
    expect(uneven.flatMap((row) => row.leftIndex ?? [])).toEqual([0, 1, 2, 3]);
    expect(uneven.flatMap((row) => row.rightIndex ?? [])).toEqual([0, 1, 2, 3, 4]);
  });

  test("never puts RDNs whose pairs cross into one row", () => {
    const { rows } = diff(name(c, withText(o, "x"), withText(ou, "y")), name(c, ou, o, cn));
    expect(rows.map((row) => [row.leftIndex, row.mark, row.rightIndex, row.foundAt])).toEqual([
      [0, "=", 0, 0],
      [undefined, "moved", 1, undefined],
      [1, "text", 2, 2],
      [2, "text", undefined, 1],
      [undefined, "missing", 3, undefined],
    ]);
  });

  test("compares names of 10,000 RDNs", () => {
    const parts = Array.from({ length: 10_000 }, (_, i) => part("OU", `u${i % 6000}`));
    const rdns = parts.map((each) => encodeRdn([each]));
    const of = (list: readonly (readonly number[])[]): NameSource => nameOf(tlv(0x30, list.flat()));
    const ca = of(rdns);
    expect(diffNames(of(rdns.toReversed()), ca)?.kinds).toEqual(["reversed"]);
    expect(diffNames(of(rdns.toSpliced(500, 1)), ca)?.summary).toBe("RDN 501 (OU) of the subject is missing");
    expect(diffNames(of([...rdns.slice(7), ...rdns.slice(0, 7)]), ca)?.kinds).toEqual(["reordered"]);
    const other = rdns.map((each, i) => (i % 2 ? encodeRdn([part("OU", `${parts[i]?.text}x`)]) : each));
    expect(diffNames(of(other), ca)?.summary).toBe("5000 RDNs (the first is 2, OU) hold other text");
    expect(diffNames(build([parts]), ca)?.kinds).toEqual(["merged"]);
  });
});

const corpus = new URL("../../../shared/corpus/data/globaltrust-ca/globaltrust.json", import.meta.url);

describe.skipIf(!existsSync(corpus))("the subjects of the GLOBALTRUST CAs", () => {
  const subjects = existsSync(corpus)
    ? (JSON.parse(readFileSync(corpus, "utf8")) as { readonly subject: string; readonly subject_der_hex: string }[])
    : [];

  test.each(subjects)("$subject reversed is reported as reversed", ({ subject_der_hex: der }) => {
    const ca = nameOf([...Uint8Array.from(Buffer.from(der, "hex"))]);
    const rdns = ca.name.rdns.map((rdn) => [...bytesOf(ca.bytes, rdn)]);
    const crl = nameOf(tlv(0x30, ...rdns.toReversed()));
    expect(hex(ca.bytes)).toBe(der);
    expect(ca.faults.count).toBe(0);
    expect(diff(crl, ca)).toMatchObject({
      kinds: ["reversed"],
      summary: "same RDNs, reversed order",
      equivalent: false,
    });
    expect(diffNames(nameOf(tlv(0x30, ...rdns)), ca)).toBeUndefined();
  });
});
