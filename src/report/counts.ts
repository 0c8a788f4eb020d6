import { formatCount } from "../lint/format-count.ts";
import type { Finding, Run, RuleStatus, Severity } from "../lint/report.ts";

export { formatCount };

/** A number and what it counts: `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
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

/** For each rule that has violations held back, its last finding: behind it they are mentioned. */
export function lastFindings(run: Run): ReadonlyMap<Finding, number> {
  const last = new Map<string, Finding>();
  for (const finding of run.findings) last.set(finding.rule, finding);
  const heldBack = new Map<Finding, number>();
  for (const [rule, more] of countHeldBack(run)) {
    const finding = last.get(rule);
    if (finding !== undefined) heldBack.set(finding, more);
  }
  return heldBack;
}

/** Number of findings of each severity in some runs, those that were held back included. */
export function countFindings(runs: readonly Run[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const run of runs) {
    for (const { severity } of run.findings) counts[severity] += 1;
    for (const [{ severity }, more] of lastFindings(run)) counts[severity] += more;
  }
  return counts;
}

/** Number of rules that ended in a way. */
export function countRules(run: Run, status: RuleStatus): number {
  return run.rules.filter((outcome) => outcome.status === status).length;
}
