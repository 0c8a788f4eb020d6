import { optionalInputs } from "../lint/input-names.ts";
import { findNearest, suggestNearest } from "../options/nearest.ts";
import type { RuleHead } from "../rule/rule.ts";
import { sources } from "../sources/profiles.ts";

/** Names that patterns have after a prefix. */
const named: Readonly<Record<string, readonly string[]>> = { source: Object.keys(sources), needs: optionalInputs };

/**
 * Returns the pattern nearest to one that matches no rule, as the end of a message: `; did you mean idp?`. Empty if none
 * is similar.
 */
export function suggestPattern(pattern: string, rules: readonly RuleHead[]): string {
  const [prefix = "", name = ""] = pattern.split(":", 2);
  const names = Object.hasOwn(named, prefix) ? named[prefix] : undefined;
  if (names !== undefined) {
    // Without the prefix, which would make all names similar.
    const nearest = findNearest(name, names);
    return nearest === undefined ? "" : `; did you mean ${prefix}:${nearest}?`;
  }
  const ids = rules.map(({ id }) => id);
  const parts = ids.map((id) => id.slice(0, id.indexOf("/")));
  return suggestNearest(pattern.replace(/\/\*$/u, ""), new Set([...ids, ...parts]));
}
