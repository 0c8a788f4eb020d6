import type { Run } from "../rule/report.ts";
import { countingOf, formatCount, lastFindings } from "./counts.ts";
import { noStart, type Renderer } from "./renderer.ts";

/** One line a finding: `FILE:OFFSET+LENGTH: SEVERITY RULE: MESSAGE`. */
export function renderCompact(): Renderer {
  return { start: noStart, run: linesOf, end: () => [] };
}

function* linesOf(judged: Run): Iterable<string> {
  const run = countingOf(judged);
  const heldBack = lastFindings(run);
  for (const finding of run.findings) {
    const { location, severity, rule, message } = finding;
    const more = heldBack.get(finding);
    const rest = more === undefined ? "" : ` (and ${formatCount(more)} more)`;
    yield `${location.file}:${location.offset}+${location.length}: ${severity} ${rule}: ${message}${rest}\n`;
  }
}
