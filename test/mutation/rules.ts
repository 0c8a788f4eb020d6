// The tests of test/rules/findings.test.ts and test/rules.test.ts, with one test per rule, so only the tests of a rule
// run for a mutant in that rule. Only `npm run mutation` runs this file.
import { describe, expect, test } from "vitest";
import { type CrlCase, kit } from "../../src/fixture/index.ts";
import { rules } from "../../src/index.ts";
import type { AnyRule, Example } from "../../src/rule/rule.ts";
import { sourcesOf } from "../../src/sources/profiles.ts";
import { findingsOf, partOf, recordedFindings, selectionOf } from "../rules/findings.ts";
import { lintCase, profileFor, failedRules } from "../support/lint-case.ts";

/** An example of a rule, and the rules that fail on it. */
interface Case {
  readonly rule: AnyRule;
  readonly example: Example;
  readonly isSample: boolean;
  readonly failing: ReadonlySet<string>;
}

/**
 * The first bad example of every eighth rule is linted by the rules of all parts. All examples would take 1 s per mutant.
 */
const oneIn = 8;

const cases = rules.flatMap((rule, place): readonly Case[] => {
  const { bad, good } = rule.examples();
  const toCase = (example: Example, isBad: boolean, isSample: boolean): Case => {
    return { rule, example, isSample, failing: new Set([...(isBad ? [rule.id] : []), ...(example.also ?? [])]) };
  };
  return [
    ...bad.map((example, i) => toCase(example, true, i === 0 && place % oneIn === 0)),
    ...good.map((example) => toCase(example, false, false)),
  ];
});

/** Whether the profile of an example has a source of a rule. */
function isInProfile(rule: AnyRule, { rule: other, example }: Case): boolean {
  const profile = profileFor(other, example);
  const sources = sourcesOf(typeof profile === "string" ? [profile] : profile);
  return rule.requirements.some(({ source }) => sources.has(source));
}

const made = new Map<Example, CrlCase>();

/** Returns the inputs of an example, which are built once. */
function caseOf(example: Example): CrlCase {
  let found = made.get(example);
  if (found === undefined) made.set(example, (found = example.make(kit)));
  return found;
}

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test("has the recorded findings on its examples", () => {
    expect(findingsOf(rule)).toBe(recordedFindings(rule));
  });

  const others = cases.filter((each) => {
    const isNear = each.isSample || partOf(each.rule.id) === partOf(id);
    return each.rule !== rule && isNear && isInProfile(rule, each);
  });

  test("fails on examples of other rules only if they list it, and does not crash", () => {
    for (const { rule: other, example, failing } of others) {
      const run = lintCase(caseOf(example), { profile: profileFor(other, example), select: selectionOf(rule) });
      expect(run.rules.filter(({ status }) => status === "crashed")).toEqual([]);
      // Input that is not a CRL is reported with any selection.
      expect(id !== "input/not-a-crl" && failedRules(run).includes(id)).toBe(failing.has(id));
    }
  });
});
