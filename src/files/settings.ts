import { limitsFrom } from "../der/limits.ts";
import { loadableRules as rules } from "../rules/heads.ts";
import type { LintOptions } from "../lint/lint.ts";
import { type Selection, selectRules } from "../lint/select.ts";
import { sources } from "../sources/profiles.ts";
import { nodeVerifier } from "../verify/node.ts";
import { escapePath } from "./escape-path.ts";
import { type Io, UsageError } from "../cli/io.ts";
import { findNearest } from "../cli/nearest.ts";
import type { LintFlags } from "../cli/options.ts";

/**
 * How CRLs are judged, as the options say.
 *
 * @throws UsageError where a rule is named that does not exist
 */
export function settingsOf(flags: LintFlags, io: Io): LintOptions {
  const selection: Selection = {
    profiles: [...new Set(flags.profile)],
    select: flags.select ?? [],
    ignore: flags.ignore ?? [],
    severity: flags.severity ?? [],
  };
  checkPatterns(selection);
  return {
    selection,
    allDates: flags.allDates === true,
    maxFindings: flags.maxFindings,
    now: flags.now ?? io.now(),
    scope: flags.scope,
    completeness: flags.full === true ? "full" : flags.partitioned === true ? "partitioned" : undefined,
    signature: flags.signature,
    verifier: nodeVerifier(),
    digests: true,
    failOnSkipped: flags.failOnSkipped === true,
    failOn: flags.failOn,
    limits: limitsFrom(flags.limit),
  };
}

/** A pattern that no rule matches is a mistyped one: a gate would go on without the rule that it was meant for. */
function checkPatterns(selection: Selection): void {
  const [pattern] = selectRules(rules, selection).unmatched;
  if (pattern === undefined) return;
  const known = new Set([
    ...rules.map(({ id }) => id),
    ...rules.map(({ id }) => id.slice(0, id.indexOf("/"))),
    ...Object.keys(sources).map((source) => `source:${source}`),
  ]);
  const nearest = findNearest(pattern, known);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new UsageError(`no rule matches ${escapePath(pattern)}${hint}`);
}
