import type { Run } from "../../src/index.ts";

// What an example hands to the engine is handed on in one place, for tests and for the pages of rules.
export { lintCase, profileFor } from "../../src/explain/lint-case.ts";

/** Ids of the rules that found something, each once, without what the tool says of its own work. */
export function tripped(run: Run): readonly string[] {
  return [...new Set(run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("crllint/")))].sort();
}

/** How one rule ended, and why where it did not simply pass: `skipped: --previous not given`. */
export function outcome(run: Run, id: string): string {
  const found = run.rules.find(({ rule }) => rule === id);
  return found === undefined ? "not run" : `${found.status}${found.why === undefined ? "" : `: ${found.why}`}`;
}

/** What a run says of one rule: `error: ...` for each finding. */
export function said(run: Run, id: string): readonly string[] {
  return run.findings.filter(({ rule }) => rule === id).map(({ severity, message }) => `${severity}: ${message}`);
}
