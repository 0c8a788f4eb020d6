import { type Finding, isAtLeast, type Run, type RunVerdict, type Severity } from "./report.ts";

/** Verdicts from best to worst, with the exit code of each. */
export const exitCodes = { pass: 0, fail: 1, undecided: 2 } as const satisfies Readonly<Record<RunVerdict, number>>;

/** The lowest severity that fails a run; `never` if no finding fails it. */
export type FailOn = Severity | "never";

/** The severities of findings that fail a run. */
export interface Gate {
  readonly failOn: FailOn;
  /** The lowest severity for findings of core checks, if `failOn` comes from a setting that does not apply to them. */
  readonly coreFailOn?: FailOn | undefined;
  /** The lowest severity for findings that a rule was skipped, if `failOn` comes from a setting below the option. */
  readonly skippedFailOn?: FailOn | undefined;
}

/** Rule of the findings that rules were skipped. */
export const skippedRule = "crllint/rule-skipped";

/** Whether a finding fails its run. A suppressed one does not. */
export function fails(
  { rule, severity, suppressed }: Pick<Finding, "rule" | "severity" | "suppressed">,
  core: Run["core"],
  gate: Gate,
): boolean {
  if (suppressed !== undefined) return false;
  const isCore = core.some((check) => check.rule === rule);
  const own = isCore ? gate.coreFailOn : rule === skippedRule ? gate.skippedFailOn : undefined;
  const failOn = own ?? gate.failOn;
  return failOn !== "never" && isAtLeast(severity, failOn);
}

/** Returns the verdict on one run. */
export function verdictOf(run: Omit<Run, "verdict">, gate: Gate): RunVerdict {
  if (!run.judged) return "undecided";
  if (run.findings.some((finding) => fails(finding, run.core, gate))) return "fail";
  // A finding reports the fault that prevented the check. If that finding does not fail the run, the CRL is unchecked.
  return run.core.some(({ status }) => status === "prevented") ? "undecided" : "pass";
}

/** Returns the worst of some verdicts; `undecided` if there are none. */
export function worstVerdict(runs: readonly Pick<Run, "verdict">[]): RunVerdict {
  if (runs.length === 0) return "undecided";
  return runs.reduce<RunVerdict>((worst, { verdict }) => (isWorse(verdict, worst) ? verdict : worst), "pass");
}

/** Whether a verdict is worse than another. */
export function isWorse(verdict: RunVerdict, other: RunVerdict): boolean {
  return exitCodes[verdict] > exitCodes[other];
}

/**
 * Returns a run of a report with a new verdict, or with that of the report if it is worse: a CRL that failed with the
 * options of that call does not pass with others.
 */
export function withVerdictOfReport(run: Run, gate: Gate): Run {
  const verdict = worstVerdict([run, { verdict: verdictOf(run, gate) }]);
  return { ...run, verdict };
}

/** Returns a run with a new verdict, after findings were suppressed or for another gate. */
export function withVerdict(run: Omit<Run, "verdict">, gate: Gate): Run {
  return { ...run, verdict: verdictOf(run, gate) };
}
