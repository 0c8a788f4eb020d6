import { formatCount } from "../rule/format-count.ts";
import { type Finding, type Run, type RuleStatus, type RunVerdict, severities, type Severity } from "../rule/report.ts";
import type { RenderOptions } from "./renderer.ts";

export { formatCount };

/** A number and what it counts: `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** What of a run counts: without findings that are suppressed, and without the violations that go with them. */
export function countingOf(run: Run): Run {
  const suppressed = run.findings.filter((finding) => finding.suppressed !== undefined);
  if (suppressed.length === 0) return run;
  const findings = run.findings.filter((finding) => finding.suppressed === undefined);
  const left = new Set(findings.map(({ rule }) => rule));
  const accepted = new Map<string, number>();
  for (const { rule, count = 1 } of suppressed) accepted.set(rule, (accepted.get(rule) ?? 0) + count);
  const rules = run.rules.map((outcome) => {
    const less = accepted.get(outcome.rule);
    return less === undefined ? outcome : { ...outcome, count: left.has(outcome.rule) ? outcome.count - less : 0 };
  });
  return { ...run, findings, rules };
}

/** Number of findings of a run that are suppressed. */
export function countSuppressed({ findings }: Run): number {
  return findings.filter(({ suppressed }) => suppressed !== undefined).length;
}

/**
 * Violations of each rule that were counted but have no finding of their own, because of --max-findings; rules without
 * any are left out.
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

const nothing: ReadonlyMap<Finding, number> = new Map();

/**
 * For each rule that has violations held back, its last finding, of those that count where there are any: behind it
 * they are mentioned.
 */
export function lastFindings(run: Run): ReadonlyMap<Finding, number> {
  if (run.findings.length === 0) return nothing;
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

/** Number of findings of each severity in some runs that count, those that were held back included. */
export function countFindings(runs: readonly Run[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const run of runs.map(countingOf)) {
    for (const { severity } of run.findings) counts[severity] += 1;
    for (const [{ severity }, more] of lastFindings(run)) counts[severity] += more;
  }
  return counts;
}

/** Sums over the runs of a report, counted while they come. */
export class Totals {
  runs = 0;
  notJudged = 0;
  /** Number of runs of each verdict. */
  readonly verdicts: Record<RunVerdict, number> = { pass: 0, fail: 0, undecided: 0 };
  suppressed = 0;
  readonly findings: Record<Severity, number> = { error: 0, warning: 0, notice: 0 };

  readonly #maximumWarnings: number;

  /** Takes what decides the verdict of the call beside those of its runs. */
  constructor({ failOn, maxWarnings }: Pick<RenderOptions, "failOn" | "maxWarnings">) {
    this.#maximumWarnings = failOn === "never" ? Number.POSITIVE_INFINITY : (maxWarnings ?? Number.POSITIVE_INFINITY);
  }

  /** The verdict of the call: the worst of its runs. A call that linted nothing is undecided. */
  get verdict(): RunVerdict {
    const { fail, undecided } = this.verdicts;
    if (undecided > 0 || this.runs === 0) return "undecided";
    return fail > 0 || this.findings.warning > this.#maximumWarnings ? "fail" : "pass";
  }

  /** Counts one more run. */
  add(run: Run): void {
    this.runs += 1;
    this.verdicts[run.verdict] += 1;
    if (!run.judged) this.notJudged += 1;
    this.suppressed += countSuppressed(run);
    const counts = countFindings([run]);
    for (const severity of severities) this.findings[severity] += counts[severity];
  }
}

/** What limits the core checks of a run, one line each: those that were left out, or whose findings count for less. */
export function limitsOfCore({ core }: Run): readonly string[] {
  return core.flatMap(({ rule, status, why }) => {
    if (why === undefined || status === "not-made" || status === "prevented") return [];
    return [status === "made" ? `${rule}: ${why}` : why];
  });
}

/** Number of rules that ended in a way. */
export function countRules(run: Run, status: RuleStatus): number {
  return run.rules.filter((outcome) => outcome.status === status).length;
}
