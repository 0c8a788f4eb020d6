import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Run, RuleOutcome, RuleStatus } from "../../src/rule/report.ts";
import { render } from "../../src/report/index.ts";
import { withOutcomes } from "../support/with-outcomes.ts";
import { errorsOfReport } from "./validate.ts";
import { clean } from "./cases.ts";

interface Written {
  readonly runs: readonly { readonly kind?: number; readonly rules: readonly RuleOutcome[] }[];
  readonly kinds: readonly (readonly { readonly rule: string }[])[];
}

/** Renders a json report with one run for each list of outcomes. */
async function write(lists: readonly Run["rules"][]): Promise<string> {
  const report = clean();
  const [run] = report.runs as readonly [Run];
  return render({ ...report, runs: lists.map((rules) => ({ ...run, rules })) }, "json");
}

function outcomeOf(rule: string, status: RuleStatus, count = 0, why?: string): RuleOutcome {
  return { rule, status, ...(why !== undefined && { why }), count };
}

test("rules that failed or crashed are in the run, and have no status in the list of the kind", async () => {
  const passed = [
    outcomeOf("a/x", "passed"),
    outcomeOf("a/y", "passed"),
    outcomeOf("a/z", "skipped", 0, "--base not given"),
  ];
  const failed = passed.with(1, outcomeOf("a/y", "failed", 7, "severity set to notice"));
  const crashed = passed.with(0, outcomeOf("a/x", "crashed", 0, "out of luck"));
  const other = passed.with(2, outcomeOf("a/z", "passed"));
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

test("reading returns the outcomes that were written, for any outcomes", async () => {
  const outcome = (rule: string) =>
    fc.oneof(
      fc.constant(outcomeOf(rule, "passed")),
      fc.integer({ min: 1, max: 9 }).map((count) => outcomeOf(rule, "failed", count)),
      fc
        .constantFrom("skipped", "not-in-force", "not-applicable", "off", "crashed")
        .chain((status) =>
          fc.constantFrom("why not", "because").map((why) => outcomeOf(rule, status as RuleStatus, 0, why)),
        ),
    );
  const list = fc.tuple(outcome("a/x"), outcome("b/y"), outcome("c/z"));
  await fc.assert(
    fc.asyncProperty(fc.array(list, { maxLength: 30 }), async (lists) => {
      const text = await write(lists);
      expect(withOutcomes(JSON.parse(text) as { runs: Run[] }).runs.map(({ rules }) => rules)).toEqual(lists);
      const { runs, kinds } = JSON.parse(text) as Written;
      // Numbers start at 0, and no kind is listed twice.
      expect([...new Set(runs.map(({ kind }) => kind))]).toEqual(kinds.map((_, i) => i));
      expect(new Set(kinds.map((kind) => JSON.stringify(kind))).size).toBe(kinds.length);
    }),
    { numRuns: 50 },
  );
});

test("up to 256 kinds are listed; a run of a further kind lists all of its rules", async () => {
  const lists = Array.from({ length: 258 }, (_, i) => [
    outcomeOf("a/x", "skipped", 0, `nothing can be read after byte ${i}`),
    outcomeOf("b/y", i % 2 === 0 ? "passed" : "failed", i % 2),
  ]);
  const text = await write([...lists, lists[255] ?? [], lists[256] ?? []]);
  expect(errorsOfReport(JSON.parse(text))).toEqual([]);
  const { runs, kinds } = JSON.parse(text) as Written;
  expect(kinds).toHaveLength(256);
  expect(runs.map(({ kind }) => kind)).toEqual([...kinds.keys(), undefined, undefined, 255, undefined]);
  expect(runs.slice(256).map(({ rules }) => rules)).toEqual([lists[256], lists[257], [lists[255]?.[1]], lists[256]]);
});
