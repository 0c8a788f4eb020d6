import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, sameBytes } from "../../src/der/span.ts";
import { diffNames, type NameSource } from "../../src/name/diff.ts";
import type { DifferenceKind, NameDifference, NameRow } from "../../src/name/difference.ts";
import { prepareText } from "../../src/name/match.ts";
import { build, type Part, types } from "./build.ts";

type Rdns = readonly (readonly Part[])[];

const part: fc.Arbitrary<Part> = fc.record({
  type: fc.constantFrom(...(Object.keys(types) as (keyof typeof types)[])),
  tag: fc.constantFrom(0x0c, 0x13, 0x16, 0x1e),
  // Few texts, so names have repeated values that differ only in case.
  text: fc.constantFrom("a", "A", "b", "B", "ab", "x y", "X Y", "Trust"),
});
const single = fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.map((each) => [each]));
const rdn = fc.uniqueArray(part, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(each) });
const rdns = fc.array(rdn, { minLength: 1, maxLength: 6 });
const place = fc.nat({ max: 1000 });

const at = <T>(list: readonly T[], index: number): [number, T] => {
  const i = index % list.length;
  const value = list[i];
  if (value === undefined) throw new Error("nothing to choose from");
  return [i, value];
};

/** Checks the properties of every difference, and returns the difference. */
function diff(crl: Rdns, ca: Rdns): NameDifference | undefined {
  const left = build(crl, 7);
  const right = build(ca, 30);
  const difference = diffNames(left, right);
  const { kind, kinds = [], rows = [], summary = "" } = difference ?? {};
  expect(kind).toBe(kinds[0]);
  expect(summary).not.toMatch(/undefined|an RDN of the CA|-1/u);
  expect(rows.flatMap((row) => row.left ?? [])).toEqual(difference ? left.name.rdns : []);
  expect(rows.flatMap((row) => row.right ?? [])).toEqual(difference ? right.name.rdns : []);
  expect(rows.filter((row) => !isMarkTrue(row, left, right))).toEqual([]);
  return difference;
}

/** Whether `=` and `#n` refer to an RDN of the right name with the same bytes as the left RDN. */
function isMarkTrue({ mark, left, foundAt = -1 }: NameRow, a: NameSource, b: NameSource): boolean {
  if (left === undefined || !/^(?:=|#\d+)$/u.test(mark)) return true;
  const found = b.name.rdns[foundAt];
  if (found === undefined || (mark !== "=" && mark !== `#${foundAt + 1}`)) return false;
  return sameBytes(bytesOf(a.bytes, left), bytesOf(b.bytes, found));
}

const kinds = (crl: Rdns, ca: Rdns): readonly DifferenceKind[] | undefined => diff(crl, ca)?.kinds;
const runs = { numRuns: 150 };

const changeOne = (ca: Rdns, index: number, change: (each: Part) => Part): Rdns => {
  const [i, list] = at(ca, index);
  const [j, each] = at(list, index);
  return ca.with(i, list.with(j, change(each)));
};

const fold = (names: Rdns): string =>
  JSON.stringify(names.map((list) => list.map((each) => `${each.type} ${prepareText(each.text)}`).toSorted()));

describe("properties of diffNames", () => {
  test("identical bytes are not a difference", () => {
    fc.assert(
      fc.property(rdns, (ca) => {
        expect(diff(ca, ca)).toBeUndefined();
      }),
      runs,
    );
  });

  test("a permutation is reported only as reversed or reordered", () => {
    const permuted = rdns.chain((ca) => fc.tuple(fc.constant(ca), fc.shuffledSubarray(ca, { minLength: ca.length })));
    fc.assert(
      fc.property(permuted, ([ca, crl]) => {
        const difference = diff(crl, ca);
        fc.pre(difference !== undefined);
        const isReversed = diff(crl, ca.toReversed()) === undefined;
        expect(difference.kinds).toEqual([isReversed ? "reversed" : "reordered"]);
        expect(difference.equivalent).toBe(false);
      }),
      runs,
    );
  });

  test("RDNs in reverse order are reported as reversed", () => {
    fc.assert(
      fc.property(rdns, (ca) => {
        const difference = diff(ca.toReversed(), ca);
        fc.pre(difference !== undefined);
        expect(difference.kinds).toEqual(["reversed"]);
        expect(difference.summary).toBe("same RDNs, reversed order");
      }),
      runs,
    );
  });

  test("a different string type is reported as string-type", () => {
    fc.assert(
      fc.property(single, place, fc.constantFrom(0x0c, 0x13, 0x14, 0x16, 0x1e, 0x1c), (ca, index, tag) => {
        const crl = changeOne(ca, index, (each) => ({ ...each, tag }));
        expect(kinds(crl, ca) ?? ["string-type"]).toEqual(["string-type"]);
        expect(diff(crl, ca)?.equivalent ?? true).toBe(true);
      }),
      runs,
    );
    fc.assert(
      fc.property(rdns, fc.constantFrom(0x14, 0x1c), (ca, tag) => {
        const crl = ca.map((list) => list.map((each) => ({ ...each, tag })));
        expect(diff(crl, ca)).toMatchObject({ kinds: ["string-type"], equivalent: true });
      }),
      runs,
    );
  });

  test("a change of case or whitespace is reported as case-or-space", () => {
    const changes = fc.constantFrom(
      (text: string) => ` ${text}`,
      (text: string) => `${text}  `,
      (text: string) =>
        text.replace(/^./u, (first) => ` ${first === first.toUpperCase() ? first.toLowerCase() : first}`),
      (text: string) => `${text.toUpperCase()} `,
    );
    fc.assert(
      fc.property(rdns, place, changes, (ca, index, change) => {
        const crl = changeOne(ca, index, (each) => ({ ...each, text: change(each.text) }));
        expect(diff(crl, ca)).toMatchObject({ kinds: ["case-or-space"], equivalent: true });
      }),
      runs,
    );
  });

  test("a different text is reported as text", () => {
    fc.assert(
      fc.property(single, place, (ca, index) => {
        const crl = changeOne(ca, index, (each) => ({ ...each, text: "not there before" }));
        expect(kinds(crl, ca)).toEqual(["text"]);
      }),
      runs,
    );
  });

  test("a dropped RDN is reported as missing-rdn", () => {
    fc.assert(
      fc.property(rdns, place, (ca, index) => {
        const [i] = at(ca, index);
        expect(kinds(ca.toSpliced(i, 1), ca)).toEqual(["missing-rdn"]);
      }),
      runs,
    );
  });

  test("an added RDN is reported as extra-rdn", () => {
    fc.assert(
      fc.property(rdns, place, part, (ca, index, each) => {
        const crl = ca.toSpliced(index % (ca.length + 1), 0, [{ ...each, text: "added" }]);
        expect(kinds(crl, ca)).toEqual(["extra-rdn"]);
      }),
      runs,
    );
  });

  test("a repeated RDN is reported as repeated-rdn", () => {
    fc.assert(
      fc.property(rdns, place, place, (ca, index, to) => {
        const [, again] = at(ca, index);
        const found = kinds(ca.toSpliced(to % (ca.length + 1), 0, again), ca);
        expect(found).toEqual(["repeated-rdn"]);
      }),
      runs,
    );
  });

  test("merged RDNs are reported as merged, and separated ones as split", () => {
    fc.assert(
      fc.property(fc.array(rdn, { minLength: 2, maxLength: 6 }), place, (ca, index) => {
        const i = index % (ca.length - 1);
        const merged = ca.toSpliced(i, 2, ca.slice(i, i + 2).flat());
        expect(kinds(merged, ca)).toEqual(["merged"]);
        expect(kinds(ca, merged)).toEqual(["split"]);
      }),
      runs,
    );
  });

  test("reversed RDNs with other string types are reported as reversed and string-type", () => {
    fc.assert(
      fc.property(single, (plain) => {
        const ca = plain.map((list, i) => list.map((each) => ({ ...each, text: `${each.text} ${i}` })));
        fc.pre(ca.length > 1);
        const crl = ca.toReversed().map((list) => list.map((each) => ({ ...each, tag: 0x1c })));
        expect(diff(crl, ca)).toMatchObject({
          kinds: ["reversed", "string-type"],
          summary: "same RDNs, reversed order; different ASN.1 string types",
        });
      }),
      runs,
    );
  });

  test("two different names are equivalent only if their prepared texts are equal (RFC 5280 7.1)", () => {
    fc.assert(
      fc.property(fc.array(rdn, { maxLength: 4 }), fc.array(rdn, { maxLength: 4 }), (crl, ca) => {
        const difference = diff(crl, ca);
        if (difference === undefined) return;
        expect(difference.kinds).not.toHaveLength(0);
        expect(difference.equivalent).toBe(fold(crl) === fold(ca));
      }),
      { numRuns: 600 },
    );
  });
});
