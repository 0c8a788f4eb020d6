import { expect, test } from "vitest";
import { faultCodes } from "../../src/der/fault.ts";
import { type AnyRule, rules } from "../../src/index.ts";
import { pemFaultCodes } from "../../src/pem/fault.ts";

const codes: readonly string[] = [...new Set<string>([...faultCodes, ...pemFaultCodes])].sort();

/**
 * Rules with a check. The first cites one of two sections, which depends on the place of the fault. The severity of the
 * others depends on whether the file is published.
 */
const withCheck = ["structure/extension", "input/explanatory-text-or-headers", "input/extraneous-whitespace"];

test("each fault code of a reader is the id of a rule without a check", () => {
  const plain = rules.filter((rule: AnyRule) => !Object.hasOwn(rule, "create"));
  expect([...plain.map(({ id }) => id), ...withCheck].sort()).toEqual(codes);
  expect(plain.every(({ looksAt }: AnyRule) => looksAt?.includes("faults"))).toBe(true);
});

test("each fault code is listed once, and those of DER are sorted", () => {
  expect([...faultCodes]).toEqual([...new Set(faultCodes)].sort());
  expect(new Set(pemFaultCodes).size).toBe(pemFaultCodes.length);
});
