import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { ruleFiles, ruleIndex } from "../scripts/rule-index.ts";
import { rulePage } from "../src/explain/rule-page.ts";
import { showExample, showRun } from "../src/explain/show-example.ts";
import { type CrlCase, kit } from "../src/fixture/index.ts";
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

/** Returns the number of bytes of an input of an example, which locations call after its option: `issuer`, `shards[0]`. */
function sizeOf(file: string, { crl }: Run, { ca, options, ...made }: CrlCase): number {
  const inputs: Readonly<Record<string, unknown>> = { ...made, issuer: ca, ...options, [crl]: made.crl };
  const { name = "", index } = /^(?<name>.*?)(?:\[(?<index>\d+)\])?$/u.exec(file)?.groups ?? {};
  const bytes = [inputs[name]].flat()[Number(index ?? 0)];
  if (bytes instanceof Uint8Array) return bytes.length;
  throw new Error(`the example has no input ${file}`);
}

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
    const run = runs.get(example) ?? lintToRecord(rule, { ...example, make: () => madeFrom(example) });
    runs.set(example, run);
    return run;
  };
  const made = new Map<Example, CrlCase>();
  /** Makes the files of an example once: a signature may have another length in each call. */
  const madeFrom = (example: Example): CrlCase => {
    const files = made.get(example) ?? example.make(kit);
    made.set(example, files);
    return files;
  };
  afterAll(() => {
    runs.clear();
    made.clear();
  });

  test.each(bad.map((example) => [example.title, example] as const))("bad: %s", (_title, example) => {
    const run = runOf(example);
    expect(failedRules(run)).toEqual([rule.id, ...(example.also ?? [])].sort());
    for (const { location, entries = [], related } of run.findings) {
      for (const { file, offset, length } of [location, ...entries, ...related])
        expect(offset + length, file).toBeLessThanOrEqual(sizeOf(file, run, madeFrom(example)));
    }
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
