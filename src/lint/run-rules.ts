import type { Entry } from "../crl/entry-reader.ts";
import { escapeText } from "../name/escape.ts";
import { findInForce, type InForce } from "./in-force.ts";
import { type Resolution, resolve } from "./needs.ts";
import type { Finding, RuleOutcome } from "./report.ts";
import type { AnyRule, EntryVisitor, Need } from "./rule.ts";
import { RuleContext, shareContext } from "./rule-context.ts";
import { type RunOptions, RuleRun } from "./rule-run.ts";
import type { Subject } from "./subject.ts";

/** What all rules of a profile said of one CRL. */
export interface RulesResult {
  readonly findings: readonly Finding[];
  readonly outcomes: readonly RuleOutcome[];
}

interface Judging {
  readonly rule: AnyRule;
  readonly run: RuleRun;
  readonly visitor: EntryVisitor | undefined;
}

/**
 * Runs the rules on one CRL. Those that look at entries share one more walk past them; a rule that throws is a crash
 * of that rule alone.
 */
export function runRules(rules: readonly AnyRule[], subject: Subject, options: RunOptions): RulesResult {
  const outcomes = new Map<AnyRule, RuleOutcome>();
  const judging: Judging[] = [];
  const crashes: Finding[] = [];
  const crash = (rule: AnyRule, error: unknown): void => {
    outcomes.set(rule, { rule: rule.id, status: "crashed", why: describe(error), count: 0 });
    crashes.push(crashed(rule, error, subject));
  };
  const shared = shareContext(subject, options);
  const resolved: Resolved = new Map();
  for (const rule of rules) {
    const inForce = findInForce(rule, options.sources, subject, options.allDates);
    const context = prepare(rule, inForce, subject, resolved);
    if ("status" in context) {
      outcomes.set(rule, context);
      continue;
    }
    const run = new RuleRun(rule, inForce.requirements, subject, options);
    try {
      const visitor = rule.create(Object.assign(new RuleContext(shared, inForce.requirements, run), context.needs));
      judging.push({ rule, run, visitor: visitor ?? undefined });
    } catch (error) {
      crash(rule, error);
    }
  }
  visitEntries(judging, subject, crash);
  for (const { rule, run } of judging) {
    if (outcomes.has(rule)) continue;
    run.finish();
    outcomes.set(rule, outcomeOf(rule, run, subject));
  }
  return {
    findings: [
      ...judging.filter(({ rule }) => outcomes.get(rule)?.status !== "crashed").flatMap(({ run }) => run.findings),
      ...crashes,
    ],
    outcomes: rules.flatMap((rule) => outcomes.get(rule) ?? []),
  };
}

/** What the rule needs, or why it does not run. */
function prepare(
  rule: AnyRule,
  inForce: InForce,
  subject: Subject,
  resolved: Resolved,
): { readonly needs: Readonly<Record<string, unknown>> } | RuleOutcome {
  if (inForce.requirements.length === 0) {
    return unviolated(rule, inForce.undated ? "skipped" : "not-in-force", inForce.why);
  }
  const needs: Record<string, unknown> = {};
  let skipped: string | undefined;
  for (const need of rule.needs) {
    const resolution = resolved.get(need) ?? resolve(need as Need, subject);
    resolved.set(need, resolution);
    if ("notApplicable" in resolution) return unviolated(rule, "not-applicable", resolution.notApplicable);
    if ("skipped" in resolution) skipped ??= resolution.skipped;
    else needs[need] = resolution.value;
  }
  return skipped === undefined ? { needs } : unviolated(rule, "skipped", skipped);
}

/** What rules have asked for on one CRL, and got. */
type Resolved = Map<string, Resolution<unknown>>;

/** The last outcome of each rule without a violation: of many CRLs most have the same, and are to share it. */
const lastOutcomes = new WeakMap<AnyRule, RuleOutcome>();

function unviolated(rule: AnyRule, status: RuleOutcome["status"], why?: string): RuleOutcome {
  const last = lastOutcomes.get(rule);
  if (last?.status === status && last.why === why) return last;
  const outcome: RuleOutcome = { rule: rule.id, status, ...(why === undefined ? {} : { why }), count: 0 };
  lastOutcomes.set(rule, outcome);
  return outcome;
}

function visitEntries(
  judging: readonly Judging[],
  subject: Subject,
  crash: (rule: AnyRule, error: unknown) => void,
): void {
  let visitors = judging.flatMap(({ rule, visitor }) => (visitor === undefined ? [] : [{ rule, visitor }]));
  if (visitors.length === 0) return;
  const drop = (item: (typeof visitors)[number], error: unknown): void => {
    visitors = visitors.filter((other) => other !== item);
    crash(item.rule, error);
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

/** Needs that stand for the entries: a rule with one of them has not seen those behind a broken length. */
function outcomeOf(rule: AnyRule, run: RuleRun, { crl }: Subject): RuleOutcome {
  if (run.count > 0) return { rule: rule.id, status: "failed", count: run.count };
  const looksAtEntries = rule.needs.includes("revokedCertificates");
  if (looksAtEntries && crl.entries.broken) {
    return unviolated(rule, "skipped", "entries behind a broken length cannot be read");
  }
  return unviolated(rule, "passed");
}

function crashed(rule: AnyRule, error: unknown, subject: Subject): Finding {
  return {
    rule: "crllint/rule-crashed",
    severity: "error",
    message: `rule ${rule.id} crashed and has not judged: ${describe(error)}`,
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
