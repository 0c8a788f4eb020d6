import { expect, test } from "vitest";
import { faultCodes } from "../../src/der/fault.ts";
import { type AnyRule, rules } from "../../src/index.ts";
import { pemFaultCodes } from "../../src/pem/fault.ts";

const codes: readonly string[] = [...new Set<string>([...faultCodes, ...pemFaultCodes])].sort();

/** The source text of a rule's check. */
function textOf(rule: AnyRule): string {
  // oxlint-disable-next-line typescript/unbound-method -- it is read, not called
  return String(rule.create);
}

test("each code of a reader is the id of one rule that reports only this code", () => {
  // A check that only calls ctx.reportFaults().
  const call = /^function reportFaults\(ctx\)\s*\{\s*ctx\.reportFaults\(\);\s*\}$/u;
  const plain = rules.filter((rule) => rule.when === "faults" && call.test(textOf(rule)));
  expect(plain.map(({ id }) => id).filter((id) => codes.includes(id))).toEqual(codes);
});

test("no rule reports faults with a code that no reader has", () => {
  const calling = rules.filter((rule) => textOf(rule).includes("reportFaults"));
  expect(calling.map(({ id }) => id).filter((id) => !codes.includes(id))).toEqual([]);
});

test("codes are listed once, those of DER in order", () => {
  expect([...faultCodes]).toEqual([...new Set(faultCodes)].sort());
  expect(new Set(pemFaultCodes).size).toBe(pemFaultCodes.length);
});
