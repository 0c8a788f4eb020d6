import { expect, test } from "vitest";
import { mergeFaults, type PemFaultCode, type PemFaultGroup, PemFaults } from "../../src/pem/fault.ts";

function groupsOf(code: PemFaultCode, ...offsets: readonly number[]): readonly PemFaultGroup[] {
  const faults = new PemFaults();
  for (const offset of offsets) faults.add(code, offset, { line: offset + 1, column: 2 }, () => `at ${offset}`);
  return faults.groups();
}

const summary = (groups: readonly PemFaultGroup[]): readonly unknown[] =>
  groups.map(({ code, count, first }) => [code, count, first.map(({ offset }) => offset)]);

test("mergeFaults joins groups of one code, in the order of the file", () => {
  const groups = [
    ...groupsOf("input/base64-invalid", 5, 9),
    ...groupsOf("input/extraneous-whitespace", 3),
    ...groupsOf("input/base64-invalid", 1, 7),
  ];
  expect(summary(mergeFaults(groups))).toEqual([
    ["input/base64-invalid", 4, [1, 5, 7, 9]],
    ["input/extraneous-whitespace", 1, [3]],
  ]);
  expect(mergeFaults([])).toEqual([]);
  expect(mergeFaults(groupsOf("input/base64-invalid", 5))).toEqual([
    {
      code: "input/base64-invalid",
      count: 1,
      first: [{ code: "input/base64-invalid", offset: 5, line: 6, column: 2, message: "at 5" }],
    },
  ]);
});

test("the positions of the first 20 errors of a code are kept", () => {
  const places = Array.from({ length: 30 }, (_, i) => i + 10);
  const many = groupsOf("input/base64-invalid", ...places);
  expect(summary(many)).toEqual([["input/base64-invalid", 30, places.slice(0, 20)]]);
  const merged = mergeFaults([...many, ...groupsOf("input/base64-invalid", 2)]);
  expect(summary(merged)).toEqual([["input/base64-invalid", 31, [2, ...places.slice(0, 19)]]]);
});
