import { verdictOf } from "../rule/verdict.ts";
import { type Run, severities, type Severity } from "../rule/report.ts";

/**
 * Returns the verdict of a gate: whether all CRLs may be published. Besides findings, these prevent it: an input that
 * could not be linted, a selection that left no rule to run, and an empty list.
 *
 * @param runs result of `lintCrl`, `lintShards` or `lintFiles`
 * @param failOn the lowest severity that fails; `never` ignores findings. Default `error`
 * @throws TypeError if `failOn` is not a severity, or if `runs` are not runs, such as the iterable of `lintFiles`
 */
export function passes(runs: Run | readonly Run[], failOn: Severity | "never" = "error"): boolean {
  if (failOn !== "never" && !severities.includes(failOn)) {
    throw new TypeError(`failOn is one of ${severities.join(", ")} and never, not ${failOn}`);
  }
  const all = [runs].flat() as readonly Run[];
  if (!all.every(isRun)) throw new TypeError("passes: runs must be a run or an array of runs");
  return all.length > 0 && all.every((run) => verdictOf(run, { failOn }) === "pass");
}

function isRun(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { findings, core } = value as Partial<Run>;
  return Array.isArray(findings) && Array.isArray(core);
}
