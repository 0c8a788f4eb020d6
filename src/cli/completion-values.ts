import type { Argument, Option } from "commander";
import { ownFindings } from "../explain/own-findings.ts";
import { type CommandName, options } from "../options/table.ts";
import type { OptionType } from "../options/type.ts";
import { longFlag } from "../options/values.ts";
import { formats } from "../report/formats.ts";
import { rules } from "../rules/index.ts";
import { profiles, sources } from "../sources/profiles.ts";

/** A word that can be typed on the command line, and its meaning. */
export interface Value {
  readonly value: string;
  readonly description: string;
}

/** The values of an option or argument. In a list, several can be given, separated by commas. */
export interface Values {
  readonly offered: readonly Value[];
  readonly isList: boolean;
}

const ruleIds = described(rules.map(({ id, title }) => [id, title]));
const parts = plain([...new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/"))))]);
const profileIds = described(Object.entries(profiles).map(([id, { title }]) => [id, title]));
const sourceIds = plain(Object.keys(sources));
const ownIds = described(Object.entries(ownFindings).map(([id, { meaning }]) => [`crllint/${id}`, meaning]));
const patterns = [...ruleIds, ...parts];

/** Values of options and arguments that accept any text, by the option, or by the command and its argument. */
export const namesInTexts: Readonly<Record<string, readonly Value[]>> = {
  "--part": parts,
  // pkimetal defines the numbers.
  "--profile-id": [],
  "--source": sourceIds,
  "explain name": [...patterns, ...ownIds, ...profileIds, ...sourceIds],
  "fixture rule": ruleIds,
};

const byFlag = new Map([...options.values()].map((definition) => [longFlag(definition.flags), definition] as const));

/**
 * Returns the values of an option or argument; none if it accepts any text or any file.
 *
 * @param command name of the command that it belongs to: `explain`
 */
export function valuesOf(item: Option | Argument, command: string): Values {
  const name = "long" in item ? (item.long ?? "") : `${command} ${item.name()}`;
  const definition = byFlag.get(name);
  // The same option has other values in some commands.
  const type = definition?.variants?.[command as CommandName]?.type ?? definition?.type;
  const ofType = type === undefined ? [] : valuesOfType(type);
  const offered = namesInTexts[name] ?? (ofType.length > 0 ? ofType : plain(item.argChoices ?? []));
  return { offered, isList: type?.kind === "list" || type?.kind === "table" };
}

function valuesOfType(type: OptionType): readonly Value[] {
  switch (type.kind) {
    case "choice":
      return plain(type.choices);
    case "pattern":
      return patterns;
    case "list":
      return valuesOfType(type.item);
    case "table":
      return withSign(type.names === undefined ? patterns : plain(type.names));
    case "reports":
      return withSign(plain(formats));
    default:
      return [];
  }
}

/** Returns values for some names. The description of a profile is its title. */
function plain(names: readonly string[]): readonly Value[] {
  return described(names.map((name) => [name, profiles[name as keyof typeof profiles]?.title ?? ""]));
}

function described(pairs: readonly (readonly [string, string])[]): readonly Value[] {
  return pairs.map(([value, description]) => ({ value, description }));
}

/** Appends `=` to values, since more must follow. */
function withSign(values: readonly Value[]): readonly Value[] {
  return values.map(({ value, description }) => ({ value: `${value}=`, description }));
}
