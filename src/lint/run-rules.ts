import type { Entry } from "../crl/entry-reader.ts";
import { escapeText } from "../name/escape.ts";
import { gatherFacts, Suspicion } from "./facts.ts";
import { findInForce } from "./in-force.ts";
import { isWhole, Planner, unviolated } from "./plan.ts";
import type { Finding, RuleOutcome } from "../rule/report.ts";
import type { EntryVisitor } from "../rule/rule.ts";
import { RuleContext } from "./rule-context.ts";
import { type RunOptions, RuleRun } from "./rule-run.ts";
import type { SelectedRule } from "./select.ts";
import type { Subject } from "./subject.ts";

/** What all rules of a profile said of one CRL. */
export interface RulesResult {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly RuleOutcome[];
}

interface Judging {
  /** Place of the rule in the list of rules. */
  readonly index: number;
  readonly run: RuleRun;
  readonly visitor: EntryVisitor | undefined;
}

/**
 * Runs the rules on one CRL: those that are in force, have what they need, and are left something to judge by the facts.
 * Those that look at entries share one more walk past them; a rule that throws is a crash of that rule alone.
 */
export function runRules(rules: readonly SelectedRule[], subject: Subject, options: RunOptions): RulesResult {
  const planner = plannerFor(rules, options.allDates);
  const { plan, resolved } = planner.planFor(subject);
  // Sound CRLs of one kind share the list.
  let { outcomes } = plan;
  const settle = (index: number, outcome: RuleOutcome): void => {
    const before = outcomes[index];
    if (before?.status === outcome.status && before.why === outcome.why && outcome.count === 0) return;
    outcomes = outcomes.with(index, outcome);
  };
  const judging: Judging[] = [];
  const crashes: Finding[] = [];
  const crash = (index: number, error: unknown): void => {
    const rule = rules[index]?.head.id ?? "";
    settle(index, { rule, status: "crashed", why: describe(error), count: 0 });
    crashes.push(crashed(rule, error, subject));
  };
  const facts = gatherFacts(subject, options.sources);
  const suspicion = new Suspicion(facts);
  for (const { index, isOpen } of plan.left) {
    try {
      const selected = rules[index] as SelectedRule;
      const obstacle = isOpen ? planner.findObstacle(selected, subject, resolved) : undefined;
      if (isOpen) settle(index, obstacle ?? unviolated(selected, subject));
      if (obstacle !== undefined || !suspicion.concerns(selected.head)) continue;
      const { rule, active } = selected.loaded;
      const requirements = isWhole(selected, subject)
        ? active
        : findInForce(active, subject, options.allDates).requirements;
      const run = new RuleRun(rule, requirements, subject, options);
      const visitor = rule.create(new RuleContext(facts, requirements, run, resolved) as Provided);
      judging.push({ index, run, visitor: visitor ?? undefined });
    } catch (error) {
      crash(index, error);
    }
  }
  visitEntries(judging, subject, crash);
  const findings: Finding[] = [];
  for (const { index, run } of judging) {
    if (outcomes[index]?.status === "crashed") continue;
    run.finish();
    // One by one: without --max-findings there may be more than a call takes arguments.
    for (const finding of run.findings) findings.push(finding);
    if (run.count > 0) settle(index, { rule: rules[index]?.head.id ?? "", status: "failed", count: run.count });
  }
  return { findings: [...findings, ...crashes], outcomes };
}

/** A context in which a rule finds what it needs: nothing is run that has not got it. */
type Provided = Parameters<SelectedRule["loaded"]["rule"]["create"]>[0];

/** Planners by their rules: a list is made once, and run on every CRL of a call. */
const planners = new WeakMap<readonly SelectedRule[], { readonly allDates: boolean; readonly planner: Planner }>();

function plannerFor(rules: readonly SelectedRule[], allDates: boolean): Planner {
  const known = planners.get(rules);
  if (known?.allDates === allDates) return known.planner;
  const planner = new Planner(rules, allDates);
  planners.set(rules, { allDates, planner });
  return planner;
}

function visitEntries(
  judging: readonly Judging[],
  subject: Subject,
  crash: (index: number, error: unknown) => void,
): void {
  let visitors = judging.flatMap(({ index, visitor }) => (visitor === undefined ? [] : [{ index, visitor }]));
  if (visitors.length === 0) return;
  const drop = (item: (typeof visitors)[number], error: unknown): void => {
    visitors = visitors.filter((other) => other !== item);
    crash(item.index, error);
  };
  subject.crl.entries.visit((entry: Entry) => {
    for (const item of visitors) {
      try {
        item.visitor.entry(entry);
      } catch (error) {
        drop(item, error);
      }
    }
  });
  for (const item of visitors) {
    try {
      item.visitor.end?.();
    } catch (error) {
      drop(item, error);
    }
  }
}

function crashed(rule: string, error: unknown, subject: Subject): Finding {
  return {
    rule: "crllint/rule-crashed",
    severity: "error",
    message: `rule ${rule} crashed and has not judged: ${describe(error)}`,
    location: { file: subject.artefact.name, path: "", offset: 0, length: subject.crl.source.bytes.length },
    related: [],
    cites: [],
    notes: [],
    help: "report this CRL to the developers of the rule; every other rule was judged",
  };
}

function describe(error: unknown): string {
  return escapeText(error instanceof Error ? error.message : String(error), { max: 120 });
}
