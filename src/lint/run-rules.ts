import type { Entry } from "../crl/entry-reader.ts";
import { escapeText } from "../name/escape.ts";
import { gatherFacts, Suspicion } from "./facts.ts";
import { findInForce, type InForce } from "./in-force.ts";
import { type Resolution, resolve } from "./needs.ts";
import type { Finding, RuleOutcome } from "./report.ts";
import type { EntryVisitor, Need, RuleHead } from "./rule.ts";
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
  readonly rule: RuleHead;
  readonly run: RuleRun;
  readonly visitor: EntryVisitor | undefined;
}

/**
 * Runs the rules on one CRL: those that are in force, have what they need, and are left something to judge by the facts.
 * Those that look at entries share one more walk past them; a rule that throws is a crash of that rule alone.
 */
export function runRules(rules: readonly SelectedRule[], subject: Subject, options: RunOptions): RulesResult {
  const outcomes = new Map<RuleHead, RuleOutcome>();
  const judging: Judging[] = [];
  const crashes: Finding[] = [];
  const crash = (rule: RuleHead, error: unknown): void => {
    outcomes.set(rule, { rule: rule.id, status: "crashed", why: describe(error), count: 0 });
    crashes.push(crashed(rule, error, subject));
  };
  const facts = gatherFacts(subject, options.sources);
  const suspicion = new Suspicion(facts);
  const resolved: Resolved = new Map();
  for (const selected of rules) {
    const { head } = selected;
    const obstacle = findObstacle(head, findInForce(selected.active, subject, options.allDates), subject, resolved);
    if (obstacle !== undefined) {
      outcomes.set(head, obstacle);
      continue;
    }
    try {
      if (!suspicion.concerns(head)) {
        outcomes.set(head, clear(head, subject));
        continue;
      }
      const { rule, active } = selected.loaded;
      const { requirements } = findInForce(active, subject, options.allDates);
      const run = new RuleRun(rule, requirements, subject, options);
      const needs = Object.fromEntries(head.needs.map((need) => [need, valueOf(resolved, need)]));
      const visitor = rule.create(Object.assign(new RuleContext(facts, requirements, run), needs));
      judging.push({ rule: head, run, visitor: visitor ?? undefined });
    } catch (error) {
      crash(head, error);
    }
  }
  visitEntries(judging, subject, crash);
  for (const { rule, run } of judging) {
    if (outcomes.has(rule)) continue;
    run.finish();
    const { count } = run;
    outcomes.set(rule, count > 0 ? { rule: rule.id, status: "failed", count } : clear(rule, subject));
  }
  return {
    findings: [
      ...judging.filter(({ rule }) => outcomes.get(rule)?.status !== "crashed").flatMap(({ run }) => run.findings),
      ...crashes,
    ],
    outcomes: rules.flatMap(({ head }) => outcomes.get(head) ?? []),
  };
}

/** Why a rule does not run: it is not in force, or something that it needs is not there. */
function findObstacle(
  rule: RuleHead,
  inForce: InForce<unknown>,
  subject: Subject,
  resolved: Resolved,
): RuleOutcome | undefined {
  if (inForce.requirements.length === 0) {
    return unviolated(rule, inForce.undated ? "skipped" : "not-in-force", inForce.why);
  }
  let skipped: string | undefined;
  for (const need of rule.needs) {
    const known = resolved.get(need);
    const resolution = known ?? resolve(need, subject);
    if (known === undefined) resolved.set(need, resolution);
    if ("notApplicable" in resolution) return unviolated(rule, "not-applicable", resolution.notApplicable);
    if ("skipped" in resolution) skipped ??= resolution.skipped;
  }
  return skipped === undefined ? undefined : unviolated(rule, "skipped", skipped);
}

function valueOf(resolved: Resolved, need: Need): unknown {
  const resolution = resolved.get(need);
  return resolution !== undefined && "value" in resolution ? resolution.value : undefined;
}

/** What rules have asked for on one CRL, and got. */
type Resolved = Map<Need, Resolution<unknown>>;

/** The last outcome of each rule without a violation: of many CRLs most have the same, and are to share it. */
const lastOutcomes = new WeakMap<RuleHead, RuleOutcome>();

function unviolated(rule: RuleHead, status: RuleOutcome["status"], why?: string): RuleOutcome {
  const last = lastOutcomes.get(rule);
  if (last?.status === status && last.why === why) return last;
  const outcome: RuleOutcome = { rule: rule.id, status, ...(why === undefined ? {} : { why }), count: 0 };
  lastOutcomes.set(rule, outcome);
  return outcome;
}

function visitEntries(
  judging: readonly Judging[],
  subject: Subject,
  crash: (rule: RuleHead, error: unknown) => void,
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

/** A rule that looks at entries has not seen those behind a broken length. */
function clear(rule: RuleHead, { crl }: Subject): RuleOutcome {
  if (rule.needs.includes("revokedCertificates") && crl.entries.broken) {
    return unviolated(rule, "skipped", "entries behind a broken length cannot be read");
  }
  return unviolated(rule, "passed");
}

function crashed(rule: RuleHead, error: unknown, subject: Subject): Finding {
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
