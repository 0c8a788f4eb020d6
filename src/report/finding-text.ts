import type { Finding, Report, Run } from "../lint/report.ts";
import { renderHuman } from "./human.ts";
import { tameLines } from "./tame.ts";

/** Some findings of a run as people read them on a terminal: without colour, always of the same width; tamed. */
export function textOf(report: Report, run: Run, findings: readonly Finding[]): readonly string[] {
  const some = { ...report, runs: [{ ...run, findings }] };
  return tameLines([...renderHuman(some, { quiet: true })].join(""));
}
