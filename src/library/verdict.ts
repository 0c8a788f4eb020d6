import { verdictOf } from "../rule/verdict.ts";
import { type Run, severities, type Severity } from "../rule/report.ts";

/**
 * The verdict of a gate: whether all CRLs may be published. Findings are not the only reason against it: so are an input
 * that could not be linted, a selection that left no rule to run, and an empty list.
 *
 * @param runs what `lintCrl`, `lintShards` or `lintFiles` returned
 * @param failOn the lowest severity that fails; `never` ignores findings. Default `error`
 * @throws TypeError if `failOn` is not a severity
 */
export function passes(runs: Run | readonly Run[], failOn: Severity | "never" = "error"): boolean {
  if (failOn !== "never" && !severities.includes(failOn)) {
    throw new TypeError(`failOn is one of ${severities.join(", ")} and never, not ${failOn}`);
  }
  const all = [runs].flat() as readonly Run[];
  return all.length > 0 && all.every((run) => verdictOf(run, { failOn }) === "pass");
}
