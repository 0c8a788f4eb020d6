import type { Run } from "../../src/rule/report.ts";
import { exitCodes, type FailOn, verdictOf } from "../../src/rule/verdict.ts";

/** Returns the exit code of a command that lints these CRLs. */
export function exitCode(runs: readonly Run[], failOn: FailOn): number {
  return Math.max(...runs.map((run) => exitCodes[verdictOf(run, { failOn })]));
}
