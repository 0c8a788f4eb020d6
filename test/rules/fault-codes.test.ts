import { expect, test } from "vitest";
import { faultCodes } from "../../src/der/fault.ts";
import { type AnyRule, rules } from "../../src/index.ts";
import { pemFaultCodes } from "../../src/pem/fault.ts";

const codes: readonly string[] = [...new Set<string>([...faultCodes, ...pemFaultCodes])].sort();

/** The first cites one of two sections, by the place of the fault; the others are warnings if the file is published. */
const graded = ["structure/extension", "input/explanatory-text-or-headers", "input/extraneous-whitespace"];

test("each code of a reader is the id of a rule without a check, which reports what readers recorded", () => {
  const plain = rules.filter((rule: AnyRule) => !Object.hasOwn(rule, "create"));
  expect([...plain.map(({ id }) => id), ...graded].sort()).toEqual(codes);
  expect(plain.every(({ looksAt }: AnyRule) => looksAt?.includes("faults"))).toBe(true);
});

test("codes are listed once, those of DER in order", () => {
  expect([...faultCodes]).toEqual([...new Set(faultCodes)].sort());
  expect(new Set(pemFaultCodes).size).toBe(pemFaultCodes.length);
});
