import { withoutCites } from "../rule/without-cites.ts";
import { FileChanged } from "../der/in-file.ts";
import type { Entry } from "../crl/entry-reader.ts";
import { escapeText } from "../name/escape.ts";
import type { Finding, RuleOutcome } from "../rule/report.ts";
import type { RuleHead } from "../rule/rule.ts";
import { EntryPlaces } from "./entry-places.ts";
import { findInForce } from "./in-force.ts";
import { Occasions } from "./occasions.ts";
import { Planner } from "./plan.ts";
import { type RunOptions, RuleRun } from "./rule-run.ts";
import type { SelectedRule } from "./select.ts";
import { type Subject, wholeCrl } from "./subject.ts";
import { UnreadParts } from "./unread.ts";

/** Results of the selected rules on one CRL. */
export interface RulesResult {
  readonly findings: readonly Finding[];
  /** Outcomes in the order of the rules. */
  readonly outcomes: readonly RuleOutcome[];
  readonly hasCrashed: boolean;
}

/**
 * Runs the rules on one CRL that are in force and whose inputs and occasions it has. All rules that visit entries share
 * one more traversal of them. If a rule throws, only that rule has crashed.
 */
export function runRules(rules: readonly SelectedRule[], subject: Subject, options: RunOptions): RulesResult {
  const planner = plannerFor(rules, options.allDates);
  const { plan, resolved } = planner.planFor(subject);
  // Valid CRLs of one kind share the list.
  let { outcomes } = plan;
  const settle = (index: number, outcome: RuleOutcome): void => {
    const before = outcomes[index];
    if (before?.status === outcome.status && before.why === outcome.why && outcome.count === 0) return;
    outcomes = outcomes.with(index, outcome);
  };
  const started: RuleRun[] = [];
  const crashes: Finding[] = [];
  const crash = (index: number, error: unknown): void => {
    if (error instanceof FileChanged) throw error;
    const rule = rules[index]?.head.id ?? "";
    settle(index, { rule, status: "crashed", why: describe(error), count: 0 });
    crashes.push(crashed(rule, error, subject));
  };
  const occasions = new Occasions(planner.occasions, subject);
  const shared = { subject, resolved, options, places: new EntryPlaces() };
  for (const { index, occasions: lookedAt } of plan.pending) {
    try {
      const rule = rules[index] as SelectedRule;
      if (!occasions.includes(rule.head.id, lookedAt)) continue;
      let requirements = plan.inForce.get(index);
      if (requirements === undefined) {
        requirements = findInForce(rule.loaded.active, subject, options.allDates).requirements;
        plan.inForce.set(index, requirements);
      }
      const run = new RuleRun(index, rule, requirements, shared);
      run.start();
      started.push(run);
    } catch (error) {
      crash(index, error);
    }
  }
  visitEntries(started, subject, crash);
  const findings: Finding[] = [];
  for (const run of started) {
    const { index } = run;
    if (outcomes[index]?.status === "crashed") continue;
    run.finish();
    // The findings are added singly: without --max-findings there may be more than the maximum number of arguments of a
    // call.
    for (const finding of run.findings) findings.push(finding);
    if (run.count > 0) settle(index, failed((rules[index] as SelectedRule).head, run.count, options));
  }
  const unread = new UnreadParts(subject);
  if (unread.isAny) {
    for (const [index, rule] of rules.entries()) {
      const why = outcomes[index]?.status === "passed" ? unread.whyBlind(rule) : undefined;
      if (why !== undefined) settle(index, rule.outcomeWithoutFinding("skipped", why));
    }
  }
  return { findings: [...findings, ...crashes], outcomes, hasCrashed: crashes.length > 0 };
}

/**
 * Returns the outcome of a rule with findings, with the severity if an option set it: a CRL with an error may then
 * pass.
 */
function failed(head: RuleHead, count: number, { severityOf }: RunOptions): RuleOutcome {
  const severity = severityOf(head);
  const why = severity === undefined ? {} : { why: `severity set to ${severity}` };
  return { rule: head.id, status: "failed", ...why, count };
}

/** Planners by their rules: a list is built once, and run on every CRL of a call. */
const planners = new WeakMap<readonly SelectedRule[], { readonly allDates: boolean; readonly planner: Planner }>();

function plannerFor(rules: readonly SelectedRule[], allDates: boolean): Planner {
  const known = planners.get(rules);
  if (known?.allDates === allDates) return known.planner;
  const planner = new Planner(rules, allDates);
  planners.set(rules, { allDates, planner });
  return planner;
}

function visitEntries(
  started: readonly RuleRun[],
  subject: Subject,
  crash: (index: number, error: unknown) => void,
): void {
  let visitors = started.filter(({ visitor }) => visitor !== undefined);
  if (visitors.length === 0) return;
  const drop = (run: RuleRun, error: unknown): void => {
    visitors = visitors.filter((other) => other !== run);
    crash(run.index, error);
  };
  subject.crl.entries.visit((entry: Entry) => {
    for (const run of visitors) {
      try {
        run.visitor?.entry(entry);
      } catch (error) {
        drop(run, error);
      }
    }
  });
  for (const run of visitors) {
    try {
      run.visitor?.end?.();
    } catch (error) {
      drop(run, error);
    }
  }
}

function crashed(rule: string, error: unknown, subject: Subject): Finding {
  return withoutCites({
    rule: "crllint/rule-crashed",
    severity: "error",
    message: `rule ${rule} crashed; its result is unknown: ${describe(error)}`,
    location: wholeCrl(subject),
    help: "report this CRL to the developers of the rule; all other rules were run",
  });
}

function describe(error: unknown): string {
  return escapeText(error instanceof Error ? error.message : String(error), { max: 120 });
}
