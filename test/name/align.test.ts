import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairInOrder, pairPermutation } from "../../src/name/align.ts";

/** Length of a longest common subsequence, with a simple algorithm. */
function longest(left: readonly number[], right: readonly number[]): number {
  const [a, ...as] = left;
  const [b, ...bs] = right;
  if (a === undefined || b === undefined) return 0;
  return a === b ? 1 + longest(as, bs) : Math.max(longest(as, right), longest(left, bs));
}

const keys = fc.array(fc.nat({ max: 3 }), { maxLength: 7 });

describe("pairInOrder", () => {
  test("pairs the maximum number of equal keys without crossing", () => {
    fc.assert(
      fc.property(keys, keys, (left, right) => {
        const partners = pairInOrder(left, right);
        const paired = partners.flatMap((to, from) => (to === -1 ? [] : [[from, to] as const]));
        expect(partners).toHaveLength(left.length);
        expect(paired.map(([from]) => left[from])).toEqual(paired.map(([, to]) => right[to]));
        expect(paired.map(([, to]) => to)).toEqual([...new Set(paired.map(([, to]) => to))].sort((a, b) => a - b));
        expect(paired).toHaveLength(longest(left, right));
      }),
      { numRuns: 300 },
    );
  });

  test("removes a common prefix and suffix", () => {
    expect(pairInOrder([1, 2, 3], [1, 2, 3])).toEqual([0, 1, 2]);
    expect(pairInOrder([1, 1], [1, 1, 1])).toEqual([0, 1]);
    expect(pairInOrder([1, 2, 2], [1, 2])).toEqual([0, 1, -1]);
  });

  // Shifted by one: all but one can be paired, and only the key in the middle is at its own position.
  const shifted = (count: number): readonly [number[], number[]] => {
    const left = Array.from({ length: count }, (_, i) => i);
    const right = left.map((key) => key + 1);
    right[7] = 7;
    return [left, right];
  };

  test("searches all pairs up to 500 times 500 keys, and above that pairs only equal keys at equal positions", () => {
    expect(pairInOrder(...shifted(500)).filter((to) => to !== -1)).toHaveLength(498);
    expect(pairInOrder(...shifted(501)).flatMap((to, from) => (to === -1 ? [] : [[from, to]]))).toEqual([[7, 7]]);
    const [left, right] = shifted(600);
    // The common suffix is removed first; equal keys at one position of the shorter list are found.
    const partners = pairInOrder([...left, -5, -6], [...right, 9999, -5, -6]);
    expect(partners.slice(-2)).toEqual([601, 602]);
    expect(partners.filter((to) => to !== -1)).toHaveLength(3);
    expect(pairInOrder([-9, ...left], [-9, ...right, 9999]).flatMap((to) => (to === -1 ? [] : [to]))).toEqual([0, 8]);
  });
});

describe("pairPermutation", () => {
  test("prefers the same order to the reverse, and the reverse to any other order", () => {
    expect(pairPermutation([1, 2, 1], [1, 2, 1])).toEqual(["same", [0, 1, 2]]);
    expect(pairPermutation([1, 2, 2], [2, 2, 1])).toEqual(["reversed", [2, 1, 0]]);
    expect(pairPermutation([1, 2, 3], [2, 1, 3])).toEqual(["reordered", [1, 0, 2]]);
    expect(pairPermutation([1, 2], [1, 3])).toBeUndefined();
    expect(pairPermutation([1], [1, 1])).toBeUndefined();
  });
});
