import type { Run } from "../lint/report.ts";

/** Why a check could not be made, where no finding says so. */
export interface Unjudged {
  /** The rule that crashed, or an id of the tool's own. */
  readonly rule: string;
  readonly why: string;
}

/** Rules of a run that crashed; for an input that was not judged, and of which no finding tells why, that alone. */
export function unjudgedOf({ judged, findings, rules }: Run): readonly Unjudged[] {
  const crashed = rules.flatMap(({ rule, status, why }) =>
    status === "crashed" ? [{ rule, why: `the rule crashed${why === undefined ? "" : `: ${why}`}` }] : [],
  );
  if (judged || crashed.length > 0 || findings.some(({ severity }) => severity === "error")) return crashed;
  return [{ rule: "crllint/not-judged", why: "this input could not be judged" }];
}
