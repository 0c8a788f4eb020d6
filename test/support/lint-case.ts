import type { Run } from "../../src/index.ts";

// Passes the inputs of an example to the engine, for tests and for the pages of rules.
export { lintCase, profileFor } from "../../src/explain/lint-case.ts";

/** Returns the ids of the rules with findings, each once, without crllint's findings about the run itself. */
export function failedRules(run: Run): readonly string[] {
  return [...new Set(run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("crllint/")))].sort();
}

/** Returns the outcome of one rule, with the reason if there is one: `skipped: --previous not given`. */
export function outcome(run: Run, id: string): string {
  const found = run.rules.find(({ rule }) => rule === id);
  return found === undefined ? "not run" : `${found.status}${found.why === undefined ? "" : `: ${found.why}`}`;
}

/** Returns the findings of one rule in a run: `error: ...` for each finding. */
export function messagesOf(run: Run, id: string): readonly string[] {
  return run.findings.filter(({ rule }) => rule === id).map(({ severity, message }) => `${severity}: ${message}`);
}
