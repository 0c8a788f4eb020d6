import { suggestPattern } from "../config/suggest-pattern.ts";
import { toLintOptions } from "../library/lint-options.ts";
import type { LintOptions } from "../lint/lint.ts";
import type { Selection } from "../lint/lint-input.ts";
import { findUnmatched } from "../lint/select.ts";
import { UsageError } from "../options/usage-error.ts";
import { loadableRules as rules } from "../rules/heads.ts";
import { nodeVerifier } from "../verify/node.ts";
import { escapePath } from "./escape-path.ts";
import type { World } from "./world.ts";

/**
 * Converts options to those of the engine.
 *
 * @throws UsageError if no rule matches a pattern
 */
export function checkedOptions(options: Parameters<typeof toLintOptions>[0], { now }: Pick<World, "now">): LintOptions {
  const checked = toLintOptions(options, options.now ?? new Date(now() * 1000), nodeVerifier());
  checkPatterns(checked.selection);
  return checked;
}

/** Rejects a pattern that no rule matches: a gate would run without the intended rule. */
function checkPatterns(selection: Selection): void {
  const pattern = findUnmatched(selection, rules);
  if (pattern !== undefined) throw noRuleMatches(pattern);
}

/** Returns the error for a pattern that no rule matches. It names the nearest one. */
export function noRuleMatches(pattern: string): UsageError {
  return new UsageError(`no rule matches ${escapePath(pattern)}${suggestPattern(pattern, rules)}`);
}
