import { describeStatus } from "../status/run.ts";
import { type Finding, type Run, type RuleStatus, type RunVerdict, severities, type Severity } from "../rule/report.ts";
import { isWorse } from "../rule/verdict.ts";
import { inputNotGiven } from "../rule/not-given.ts";
import { formatCount } from "../rule/format-count.ts";
import type { RenderOptions, ReportHead } from "./renderer.ts";

/** Returns a run without its suppressed findings, and without their violations in the counts of its rules. */
export function countingOf(run: Run): Run {
  const suppressed = run.findings.filter((finding) => finding.suppressed !== undefined);
  if (suppressed.length === 0) return run;
  const findings = run.findings.filter((finding) => finding.suppressed === undefined);
  const stillFound = new Set(findings.map(({ rule }) => rule));
  const accepted = new Map<string, number>();
  for (const { rule, count = 1 } of suppressed) accepted.set(rule, (accepted.get(rule) ?? 0) + count);
  const rules = run.rules.map((outcome) => {
    const removed = accepted.get(outcome.rule);
    if (removed === undefined) return outcome;
    return { ...outcome, count: stillFound.has(outcome.rule) ? outcome.count - removed : 0 };
  });
  return { ...run, findings, rules };
}

/** Returns the number of suppressed findings of a run. */
export function countSuppressed({ findings }: Run): number {
  return findings.filter(({ suppressed }) => suppressed !== undefined).length;
}

/**
 * Returns, for each rule, the number of violations that are counted but have no finding because of --max-findings.
 * Rules without such violations are omitted.
 */
function countHeldBack(run: Run): ReadonlyMap<string, number> {
  const shown = new Map<string, number>();
  for (const { rule, count = 1 } of run.findings) shown.set(rule, (shown.get(rule) ?? 0) + count);
  const heldBack = new Map<string, number>();
  for (const { rule, count } of run.rules) {
    const more = count - (shown.get(rule) ?? 0);
    if (more > 0 && shown.has(rule)) heldBack.set(rule, more);
  }
  return heldBack;
}

const noFindings: ReadonlyMap<Finding, number> = new Map();

/**
 * Returns the finding after which a report mentions the hidden violations of its rule, and their number. It is the last
 * finding of the rule that is not suppressed, or its last finding if all are suppressed.
 */
export function lastFindings(run: Run): ReadonlyMap<Finding, number> {
  if (run.findings.length === 0) return noFindings;
  const last = new Map<string, Finding>();
  for (const finding of run.findings) {
    const before = last.get(finding.rule);
    if (before === undefined || finding.suppressed === undefined || before.suppressed !== undefined) {
      last.set(finding.rule, finding);
    }
  }
  const heldBack = new Map<Finding, number>();
  for (const [rule, more] of countHeldBack(run)) {
    const finding = last.get(rule);
    if (finding !== undefined) heldBack.set(finding, more);
  }
  return heldBack;
}

/** Returns the number of findings of each severity, without suppressed ones but with hidden ones. */
export function countFindings(runs: readonly Run[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const run of runs.map(countingOf)) {
    for (const { severity } of run.findings) counts[severity] += 1;
    for (const [{ severity }, more] of lastFindings(run)) counts[severity] += more;
  }
  return counts;
}

/** Sums over the runs of a report, updated with each run. */
export class Totals {
  runs = 0;
  notJudged = 0;
  /** Number of runs of each verdict. */
  readonly verdicts: Record<RunVerdict, number> = { pass: 0, fail: 0, undecided: 0 };
  suppressed = 0;
  /** Whether all inputs are CRLs: core checks apply only to CRLs. */
  areCrls = true;
  /** The largest number of rules of a run that need an input that was not given. */
  missing = 0;
  readonly findings: Record<Severity, number> = { error: 0, warning: 0, notice: 0 };
  /** The limits of the core checks of all runs; see `limitsOfCore`. */
  readonly limits = new Set<string>();

  readonly #maximumWarnings: number;
  readonly #stated: RenderOptions["stated"];
  readonly #shard: ReportHead["shard"];

  /** Sets what affects the verdict of the call, in addition to the verdicts on its runs. */
  constructor(
    { maxWarnings, stated }: Pick<RenderOptions, "maxWarnings" | "stated">,
    { shard }: Pick<ReportHead, "shard">,
  ) {
    this.#maximumWarnings = maxWarnings ?? Number.POSITIVE_INFINITY;
    this.#stated = stated;
    this.#shard = shard;
  }

  /** The verdict of the call: the worst verdict on its runs, unless `cause` states why it is worse than that. */
  get verdict(): RunVerdict {
    return this.#ofCall?.verdict ?? this.#ofRuns;
  }

  /** Reason why the verdict of the call is worse than that of each run, lower case; undefined if it is not. */
  get cause(): string | undefined {
    return this.#ofCall?.cause;
  }

  /** The worst verdict on the runs. */
  get #ofRuns(): RunVerdict {
    const { fail, undecided } = this.verdicts;
    return undecided > 0 ? "undecided" : fail > 0 ? "fail" : "pass";
  }

  /** The verdict of the call, if it is worse than that of each run. */
  get #ofCall(): RenderOptions["stated"] {
    const { warning } = this.findings;
    // With --shard, all CRLs may be in the other parts.
    const part = this.#shard && `: no CRL is in part ${this.#shard.index} of ${this.#shard.of}`;
    if (this.runs === 0) return { verdict: "undecided", cause: `nothing was linted${part ?? ""}` };
    const ofRuns = this.#ofRuns;
    if (this.#stated !== undefined && isWorse(this.#stated.verdict, ofRuns)) return this.#stated;
    if (ofRuns !== "pass" || warning <= this.#maximumWarnings) return undefined;
    const cause = `more warnings than --max-warnings ${this.#maximumWarnings} allows: ${formatCount(warning)}`;
    return { verdict: "fail", cause };
  }

  /** Adds a run. */
  add(run: Run): void {
    this.runs += 1;
    this.verdicts[run.verdict] += 1;
    if (!run.judged) this.notJudged += 1;
    this.areCrls &&= run.core.length > 0;
    for (const limit of limitsOfCore(run)) this.limits.add(limit);
    this.suppressed += countSuppressed(run);
    this.missing = Math.max(this.missing, countMissing(run.rules));
    const counts = countFindings([run]);
    for (const severity of severities) this.findings[severity] += counts[severity];
  }
}

/**
 * Returns the limits of the core checks of a run, one line each: checks that were left out or have another severity.
 */
export function limitsOfCore({ core }: Pick<Run, "core">): readonly string[] {
  const limits = core.flatMap(({ rule, status, why }) => {
    if (why === undefined || status === "not-made" || status === "prevented") return [];
    return [status === "made" ? `${rule}: ${why}` : why];
  });
  // One --select can be the limit of several checks.
  return [...new Set(limits)];
}

/**
 * Returns the remarks next to the verdict of a run: the status of a certificate, or the limits of the core checks on a
 * CRL.
 */
export function remarksOn(run: Pick<Run, "core" | "certificate">): readonly string[] {
  return run.certificate === undefined ? limitsOfCore(run) : [describeStatus(run.certificate)];
}

/** Numbers of such rules by list of outcomes: CRLs of one kind on which no rule found anything share a list. */
const knownMissing = new WeakMap<Run["rules"], number>();

/** Returns the number of rules that were skipped because an input was not given. */
export function countMissing(rules: Run["rules"]): number {
  let known = knownMissing.get(rules);
  if (known === undefined) {
    known = rules.filter(({ status, why = "" }) => status === "skipped" && inputNotGiven(why) !== undefined).length;
    knownMissing.set(rules, known);
  }
  return known;
}

/** Returns the number of rules with a status. */
export function countRules(run: Run, status: RuleStatus): number {
  return run.rules.filter((outcome) => outcome.status === status).length;
}
