import type { Report, Run } from "../rule/report.ts";
import { version } from "../version.ts";

/** Puts runs together into a report, as `render` of `crllint/report` takes it. */
export function reportOf(runs: readonly Run[]): Report {
  return { version: 2, tool: { name: "crllint", version }, runs };
}
