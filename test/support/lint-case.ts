import type { Run } from "../../src/index.ts";

// What an example hands to the engine is handed on in one place, for tests and for the pages of rules.
export { lintCase, profileFor } from "../../src/explain/lint-case.ts";

/** Ids of the rules that found something, each once, without what the tool says of its own work. */
export function tripped(run: Run): readonly string[] {
  return [...new Set(run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("crllint/")))].sort();
}
