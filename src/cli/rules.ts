import { countRequirements, listRules, patternsFor, ruleTable } from "../explain/rule-list.ts";
import { partIndex } from "../explain/index-pages.ts";
import { noRuleMatches } from "../files/checked-options.ts";
import { matchesPattern } from "../lint/select.ts";
import { serialize } from "../report/serialize.ts";
import { rules as allRules } from "../rules/index.ts";
import type { Flags } from "../options/values.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ExitCode, Io } from "./io.ts";
import { toFit } from "./to-fit.ts";

/**
 * Lists all rules, or those of profiles, of a part, of a source, or that need an input.
 *
 * @throws UsageError if no rule is left
 */
export async function listAll(flags: Flags<"rules">, io: Io): Promise<ExitCode> {
  const { profile: profiles } = flags;
  const patterns = patternsFor(flags);
  const unknown = patterns.find((pattern) => !allRules.some((rule) => matchesPattern(rule, pattern)));
  if (unknown !== undefined) throw noRuleMatches(unknown);
  const list = listRules(allRules, { ...(profiles !== undefined && { profiles }), patterns });
  if (list.length === 0) throw new UsageError("no rule matches these filters; run crllint rules to list all rules");
  if (flags.format === "json") {
    const json = {
      version: 1,
      counts: { rules: list.length, requirements: countRequirements(list) },
      rules: list.map(plain),
    };
    await io.write(`${[...serialize(json)].join("")}\n`);
  } else if (flags.format === "markdown") {
    const ids = new Set(list.map(({ id }) => id));
    await io.write(partIndex(allRules.filter(({ id }) => ids.has(id))));
  } else {
    await io.write(toFit(ruleTable(list, io.isTty ? io.columns : undefined), io));
  }
  return 0;
}

/** Returns a listed rule as plain data. */
function plain(rule: ReturnType<typeof listRules>[number]) {
  return { ...rule, requirements: rule.requirements.map((requirement) => ({ ...requirement })) };
}
