import type { Finding, Run } from "../rule/report.ts";
import { findingsAsText } from "./human.ts";
import { tameLines } from "./tame.ts";

/** Entries that are listed one by one; the rest is counted, since such texts go where people look at them. */
const maximumEntries = 20;

/** All findings of some rules of a run as people read them on a terminal: without colour, always of the same width; tamed. */
export function textOf(run: Run, findings: readonly Finding[]): readonly string[] {
  const shown = findings.map((finding) =>
    finding.entries === undefined ? finding : { ...finding, entries: finding.entries.slice(0, maximumEntries) },
  );
  return tameLines(findingsAsText({ ...run, findings: shown }));
}
