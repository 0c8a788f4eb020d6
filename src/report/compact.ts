import type { Report } from "../lint/report.ts";
import { formatCount, lastFindings } from "./counts.ts";

/** One line a finding: `FILE:OFFSET+LENGTH: SEVERITY RULE: MESSAGE`. */
export function* renderCompact(report: Report): Iterable<string> {
  for (const run of report.runs) {
    const heldBack = lastFindings(run);
    for (const finding of run.findings) {
      const { location, severity, rule, message } = finding;
      const more = heldBack.get(finding);
      const rest = more === undefined ? "" : ` (and ${formatCount(more)} more)`;
      yield `${location.file}:${location.offset}+${location.length}: ${severity} ${rule}: ${message}${rest}\n`;
    }
  }
}
