import type { Finding, Run } from "../rule/report.ts";
import { findingsAsText } from "./human.ts";
import { escapeLines } from "./escape-line.ts";

/** Maximum number of entries that are listed; the rest are counted, because people read these texts. */
const maximumEntries = 20;

/** Returns findings of a run in lines of human text, escaped, without colors and with a fixed width. */
export function textOf(run: Run, findings: readonly Finding[]): readonly string[] {
  const shown = findings.map((finding) =>
    finding.entries === undefined ? finding : { ...finding, entries: finding.entries.slice(0, maximumEntries) },
  );
  return escapeLines(findingsAsText({ ...run, findings: shown }));
}
