import { unreadEntries } from "../crl/entries.ts";
import type { Entry } from "../crl/entry-reader.ts";
import { escapeText } from "../name/escape.ts";
import { gatherFacts, Suspicion } from "./facts.ts";
import { findInForce } from "./in-force.ts";
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
  const outcomes: RuleOutcome[] = [];
  const judging: Judging[] = [];
  const crashes: Finding[] = [];
  const crash = (index: number, error: unknown): void => {
    const rule = rules[index]?.head.id ?? "";
    outcomes[index] = { rule, status: "crashed", why: describe(error), count: 0 };
    crashes.push(crashed(rule, error, subject));
  };
  const facts = gatherFacts(subject, options.sources);
  const suspicion = new Suspicion(facts);
  const resolved: Resolved = new Map();
  // What has no date is in force even where thisUpdate cannot be read.
  const since = subject.crl.thisUpdate?.seconds ?? Number.NEGATIVE_INFINITY;
  for (const [index, selected] of rules.entries()) {
    try {
      const outcome = findObstacle(selected, since, subject, options, resolved);
      outcomes[index] = outcome ?? clear(selected, subject);
      if (outcome !== undefined || !suspicion.concerns(selected.head)) continue;
      const { rule, active } = selected.loaded;
      const isWhole = selected.inForceFrom <= since;
      const requirements = isWhole ? active : findInForce(active, subject, options.allDates).requirements;
      const run = new RuleRun(rule, requirements, subject, options);
      const visitor = rule.create(provide(new RuleContext(facts, requirements, run), selected.head, resolved));
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
    const rule = rules[index]?.head.id ?? "";
    if (run.count > 0) outcomes[index] = { rule, status: "failed", count: run.count };
  }
  return { findings: [...findings, ...crashes], outcomes };
}

/** Why a rule does not run: it is not in force, or something that it needs is not there. */
function findObstacle(
  rule: SelectedRule,
  since: number,
  subject: Subject,
  { allDates }: RunOptions,
  resolved: Resolved,
): RuleOutcome | undefined {
  if (rule.inForceFrom > since || rule.active.length === 0) {
    const { requirements, undated, why } = findInForce(rule.active, subject, allDates);
    if (requirements.length === 0) return rule.unviolated(undated ? "skipped" : "not-in-force", why);
  }
  let skipped: string | undefined;
  for (const need of rule.head.needs) {
    let resolution = resolved.get(need);
    if (resolution === undefined) resolved.set(need, (resolution = resolve(need, subject)));
    if ("notApplicable" in resolution) return rule.unviolated("not-applicable", resolution.notApplicable);
    if ("skipped" in resolution) skipped ??= resolution.skipped;
  }
  return skipped === undefined ? undefined : rule.unviolated("skipped", skipped);
}

/** Puts what a rule needs into its context. */
function provide(context: RuleContext, { needs }: RuleHead, resolved: Resolved): RuleContext {
  const provided: RuleContext & Partial<Record<Need, unknown>> = context;
  for (const need of needs) {
    const resolution = resolved.get(need);
    if (resolution !== undefined && "value" in resolution) provided[need] = resolution.value;
  }
  return context;
}

/** What rules have asked for on one CRL, and got. */
type Resolved = Map<Need, Resolution<unknown>>;

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

/** A rule that looks at entries has not seen those behind a broken length. */
function clear(rule: SelectedRule, { crl }: Subject): RuleOutcome {
  if (crl.entries.broken && rule.head.needs.includes("revokedCertificates")) {
    return rule.unviolated("skipped", unreadEntries);
  }
  return rule.unviolated("passed");
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
