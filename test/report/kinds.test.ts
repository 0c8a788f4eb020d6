import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Run, RuleOutcome, RuleStatus } from "../../src/rule/report.ts";
import { render } from "../../src/report/index.ts";
import { readReport } from "../support/read-report.ts";
import { faultsOfReport } from "./validate.ts";
import { clean } from "./cases.ts";

interface Written {
  readonly runs: readonly { readonly kind?: number; readonly rules: readonly RuleOutcome[] }[];
  readonly kinds: readonly (readonly { readonly rule: string }[])[];
}

/** A json report of CRLs on which the rules ended like this. */
async function write(lists: readonly Run["rules"][]): Promise<string> {
  const report = clean();
  const [run] = report.runs as readonly [Run];
  return render({ ...report, runs: lists.map((rules) => ({ ...run, rules })) }, "json");
}

function ended(rule: string, status: RuleStatus, count = 0, why?: string): RuleOutcome {
  return { rule, status, ...(why !== undefined && { why }), count };
}

test("rules that failed or crashed are in the run, and the list of the kind does not say that they passed", async () => {
  const passed = [ended("a/x", "passed"), ended("a/y", "passed"), ended("a/z", "skipped", 0, "--base not given")];
  const failed = passed.with(1, ended("a/y", "failed", 7, "severity set to notice"));
  const crashed = passed.with(0, ended("a/x", "crashed", 0, "out of luck"));
  const other = passed.with(2, ended("a/z", "passed"));
  const { runs, kinds } = JSON.parse(await write([failed, passed, crashed, other, failed])) as Written;
  expect(kinds).toEqual([
    [{ rule: "a/x" }, { rule: "a/y" }, { rule: "a/z", status: "skipped", why: "--base not given" }],
    [{ rule: "a/x" }, { rule: "a/y" }, { rule: "a/z" }],
  ]);
  expect(runs.map(({ kind, rules }) => [kind, rules])).toEqual([
    [0, [failed[1]]],
    [0, []],
    [0, [crashed[0]]],
    [1, []],
    [0, [failed[1]]],
  ]);
});

test("any outcomes are read as they were written", async () => {
  const outcome = (rule: string) =>
    fc.oneof(
      fc.constant(ended(rule, "passed")),
      fc.integer({ min: 1, max: 9 }).map((count) => ended(rule, "failed", count)),
      fc
        .constantFrom("skipped", "not-in-force", "not-applicable", "off", "crashed")
        .chain((status) =>
          fc.constantFrom("why not", "because").map((why) => ended(rule, status as RuleStatus, 0, why)),
        ),
    );
  const list = fc.tuple(outcome("a/x"), outcome("b/y"), outcome("c/z"));
  await fc.assert(
    fc.asyncProperty(fc.array(list, { maxLength: 30 }), async (lists) => {
      const text = await write(lists);
      expect(readReport<{ runs: Run[] }>(text).runs.map(({ rules }) => rules)).toEqual(lists);
      const { runs, kinds } = JSON.parse(text) as Written;
      // Numbers begin with 0, and each kind is there once.
      expect([...new Set(runs.map(({ kind }) => kind))]).toEqual(kinds.map((_, i) => i));
      expect(new Set(kinds.map((kind) => JSON.stringify(kind))).size).toBe(kinds.length);
    }),
    { numRuns: 50 },
  );
});

test("256 kinds are kept; a CRL of a further kind lists all rules itself", async () => {
  const lists = Array.from({ length: 258 }, (_, i) => [
    ended("a/x", "skipped", 0, `nothing can be read after byte ${i}`),
    ended("b/y", i % 2 === 0 ? "passed" : "failed", i % 2),
  ]);
  const text = await write([...lists, lists[255] ?? [], lists[256] ?? []]);
  expect(faultsOfReport(JSON.parse(text))).toEqual([]);
  const { runs, kinds } = JSON.parse(text) as Written;
  expect(kinds).toHaveLength(256);
  expect(runs.map(({ kind }) => kind)).toEqual([...kinds.keys(), undefined, undefined, 255, undefined]);
  expect(runs.slice(256).map(({ rules }) => rules)).toEqual([lists[256], lists[257], [lists[255]?.[1]], lists[256]]);
});
