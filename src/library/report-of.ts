import type { Report, Run } from "../rule/report.ts";
import { version } from "../version.ts";

/** Combines runs into a report, as input for `render` of `crllint/report`. */
export function reportOf(runs: readonly Run[]): Report {
  return { version: 2, tool: { name: "crllint", version }, runs };
}
