import type { Run } from "../rule/report.ts";
import { countingOf, lastFindings, remarksOn, Totals } from "./counts.ts";
import { noStart, type Renderer, type RenderOptions, type ReportHead } from "./renderer.ts";
import { formatCount } from "../rule/format-count.ts";

/**
 * Writes one line per finding: `FILE:OFFSET+LENGTH: SEVERITY RULE: MESSAGE`. The verdict on each CRL comes after its
 * findings, and the verdict of the call at the end.
 */
export function renderCompact(head: ReportHead, options: RenderOptions): Renderer {
  const totals = new Totals(options, head);
  return {
    start: noStart,
    run(run) {
      totals.add(run);
      return linesOf(run);
    },
    end: () => [`verdict ${totals.verdict}${totals.cause === undefined ? "" : ` (${totals.cause})`}\n`],
  };
}

function* linesOf(wholeRun: Run): Iterable<string> {
  const run = countingOf(wholeRun);
  const heldBack = lastFindings(run);
  for (const finding of run.findings) {
    const { location, severity, rule, message } = finding;
    const more = heldBack.get(finding);
    const rest = more === undefined ? "" : ` (and ${formatCount(more)} more)`;
    yield `${location.file}:${location.offset}+${location.length}: ${severity} ${rule}: ${message}${rest}\n`;
  }
  const remarks = remarksOn(run);
  yield `${run.crl}: verdict ${run.verdict}${remarks.length === 0 ? "" : ` (${remarks.join("; ")})`}\n`;
}
