import type { Argument, Option } from "commander";
import { formats } from "../report/formats.ts";
import { rules } from "../rules/index.ts";
import { profiles, sources } from "../sources/profiles.ts";

/** A word of the command line, and what it means. */
export interface Value {
  readonly value: string;
  readonly description: string;
}

/** What can be given to an option or argument; of a list several, with commas between. */
export interface Values {
  readonly offered: readonly Value[];
  readonly isList: boolean;
}

const ruleIds: readonly Value[] = rules.map(({ id, title }) => ({ value: id, description: title }));

const parts: readonly Value[] = plain([...new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/"))))]);

const profileIds: readonly Value[] = Object.entries(profiles).map(([value, { title }]) => ({
  value,
  description: title,
}));

const sourceIds = plain(Object.keys(sources));

/**
 * Values that the command tree does not name as choices, since there are many, or since more than one may be given:
 * by the option, or by the command and its argument.
 */
export const openValues: Readonly<Record<string, Values>> = {
  "--profile": { offered: profileIds, isList: true },
  "--select": { offered: [...ruleIds, ...parts], isList: true },
  "--ignore": { offered: [...ruleIds, ...parts], isList: true },
  "--severity": { offered: withSign([...ruleIds, ...parts]), isList: true },
  "--report": { offered: withSign(plain(formats)), isList: false },
  "--part": { offered: parts, isList: false },
  "--source": { offered: sourceIds, isList: false },
  "explain name": { offered: [...ruleIds, ...parts, ...profileIds, ...sourceIds], isList: false },
  "fixture rule": { offered: ruleIds, isList: false },
};

/**
 * What can be given to an option or argument: its choices, or what is known of it here; nothing where any text, or any
 * file, may stand.
 *
 * @param command the names of the command that the argument belongs to: `explain`
 */
export function valuesOf(item: Option | Argument, command: string): Values {
  if (item.argChoices !== undefined) return { offered: plain(item.argChoices), isList: false };
  const name = "long" in item ? (item.long ?? "") : `${command} ${item.name()}`;
  return openValues[name] ?? { offered: [], isList: false };
}

function plain(names: readonly string[]): readonly Value[] {
  return names.map((value) => ({ value, description: "" }));
}

/** Values that are followed by `=` and more. */
function withSign(values: readonly Value[]): readonly Value[] {
  return values.map(({ value, description }) => ({ value: `${value}=`, description }));
}
