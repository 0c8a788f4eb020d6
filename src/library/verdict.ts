import { verdictOf } from "../rule/verdict.ts";
import { type Run, severities, type Severity } from "../rule/report.ts";

/**
 * The verdict of a gate: whether all CRLs may go out. Not only findings stop one: so do an input that could not be
 * judged, a selection that left no rule to run, and an empty list. A check that checked nothing is no check.
 *
 * @param runs what `lintCrl`, `lintShards` or `lintFiles` gave
 * @param failOn the mildest severity that stops; `never` lets every finding pass. Default `error`
 * @throws TypeError where `failOn` is no severity
 */
export function passes(runs: Run | readonly Run[], failOn: Severity | "never" = "error"): boolean {
  if (failOn !== "never" && !severities.includes(failOn)) {
    throw new TypeError(`failOn is one of ${severities.join(", ")} and never, not ${failOn}`);
  }
  const all = [runs].flat() as readonly Run[];
  return (
    all.length > 0 &&
    all.every(({ rules }) => rules.length > 0) &&
    all.every((run) => verdictOf(run, { failOn }) === "pass")
  );
}
