import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { ruleFiles, ruleIndex } from "../scripts/rule-index.ts";
import { rulePage } from "../src/explain/rule-page.ts";
import { showExample, showRun } from "../src/explain/show-example.ts";
import { rules, type Run } from "../src/index.ts";
import type { Example } from "../src/rule/rule.ts";
import { blankTexts } from "./hostile/inside.ts";
import { findingsOf, hasOwnName, lintToRecord, recordedFindings } from "./rules/findings.ts";
import { failedRules } from "./support/lint-case.ts";

test("every rule is in the file of its id or in a family, and the index has all rules", async () => {
  const files = ruleFiles();
  const ids: string[] = files.flatMap(({ name, isFamily }) => (isFamily ? [] : [name]));
  for (const { name } of files.filter(({ isFamily }) => isFamily)) {
    const family = (await import(`../src/rules/${name}.ts`)) as { readonly default: typeof rules };
    ids.push(...family.default.map(({ id }) => id));
  }
  expect(rules.map(({ id }) => id)).toEqual(ids.sort());
  expect(readFileSync(new URL("../src/rules/index.ts", import.meta.url), "utf8")).toBe(ruleIndex(files));
});

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  const { bad, good } = rule.examples();

  test("has requirements, why, fix, and bad and good examples", () => {
    expect(rule.requirements.length).toBeGreaterThan(0);
    expect(rule.why).not.toBe("");
    expect(rule.fix).not.toBe("");
    expect(bad.length).toBeGreaterThan(0);
    expect(good.length).toBeGreaterThan(0);
  });

  test.each(
    rule.requirements.map((requirement) => [`${requirement.source} ${requirement.section}`, requirement] as const),
  )("%s: the quote has at most 25 words, and a SHOULD is not an error", (_label, { quote, severity, source }) => {
    if (quote === undefined) return;
    expect(quote.split(/\s+/u).length).toBeLessThanOrEqual(25);
    if (source === "hygiene") return;
    if (/\b(?:SHOULD|RECOMMENDED|should|RECOMMENDS)\b/u.test(quote)) expect(severity).not.toBe("error");
  });

  const runs = new Map<Example, Run>();
  /** Lints an example once for all tests of the rule. */
  const runOf = (example: Example): Run => {
    const run = runs.get(example) ?? lintToRecord(rule, example);
    runs.set(example, run);
    return run;
  };
  afterAll(() => runs.clear());

  test.each(bad.map((example) => [example.title, example] as const))("bad: %s", (_title, example) => {
    const run = runOf(example);
    expect(failedRules(run)).toEqual([rule.id, ...(example.also ?? [])].sort());
    for (const { location } of run.findings) expect(location.offset + location.length).toBeLessThanOrEqual(1e6);
    expect(blankTexts(run)).toEqual([]);
  });

  test.each(good.map((example) => [example.title, example] as const))("good: %s", (_title, example) => {
    const run = runOf(example);
    expect(failedRules(run)).toEqual([...(example.also ?? [])].sort());
    expect(run.rules.filter(({ status }) => status === "crashed")).toEqual([]);
  });

  test("has the findings on its examples that `npm run docs` recorded", () => {
    expect(findingsOf(rule, { bad: bad.map(runOf), good: good.map(runOf) })).toBe(recordedFindings(rule));
  });

  test("has the page that `npm run docs` wrote", async () => {
    // With the examples that were linted, because each call makes others.
    const same = { ...rule, examples: () => ({ bad, good }) };
    const page = await rulePage(same, hasOwnName(rule) ? showExample : (_, example) => showRun(rule, runOf(example)));
    expect(page).toBe(readFileSync(new URL(`../docs/rules/${rule.id}.md`, import.meta.url), "utf8"));
  });
});
