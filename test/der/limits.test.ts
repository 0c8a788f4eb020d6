import { expect, test } from "vitest";
import { isLimit, largestLimits, limitNames, limitsFrom, usualLimits } from "../../src/der/limits.ts";

test("a limit is a whole number from 1 to its maximum", () => {
  for (const name of limitNames) {
    const largest = largestLimits[name];
    expect([1, 2, largest - 1, largest].map((value) => isLimit(name, value))).toEqual([true, true, true, true]);
    const others = [0, -1, largest + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", undefined];
    expect(others.filter((value) => isLimit(name, value))).toEqual([]);
  }
});

test("the default is within the maximum", () => {
  expect(limitNames.filter((name) => !isLimit(name, usualLimits[name]))).toEqual([]);
});

test("limits that are not given have their defaults", () => {
  expect(limitsFrom(undefined)).toBe(usualLimits);
  expect(limitsFrom({})).toEqual(usualLimits);
  expect(limitsFrom({ depth: 9, oid: 8 })).toEqual({ ...usualLimits, depth: 9, oid: 8 });
  expect(limitsFrom({ depth: undefined, oid: 8 })).toEqual({ ...usualLimits, oid: 8 });
});
