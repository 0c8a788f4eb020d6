import type { Configured, LoadedConfig, Origin } from "../files/configure.ts";
import { escapePath } from "../files/escape-path.ts";
import { type CommandName, type OptionDefinition, options } from "../options/table.ts";
import { longFlag } from "../options/values.ts";

/**
 * Returns the settings that are in force, one per line, each with its origin. Options that have neither a value nor a
 * default are omitted.
 *
 * @param originOf returns where an option was given: on the command line or in the environment
 */
export function describeSettings(
  command: CommandName,
  { flags, config, core }: Configured,
  originOf: (option: string) => Origin,
): string {
  const values = flags as Readonly<Record<string, unknown>>;
  const rows = [...options].flatMap(([name, option]) => {
    const value = values[name];
    const isShown =
      option.flags !== undefined && option.commands?.includes(command) === true && name !== "showSettings";
    if (!isShown || value === undefined || isUsual(option, value)) return [];
    const written = option.configuration !== undefined && config?.written[option.configuration] !== undefined;
    const isOfGate = values["gate"] === true && value !== option.default;
    const unapplied = name === "signature" ? core.unapplied : undefined;
    const given = originOf(name) ?? (written ? config.name : isOfGate ? "--gate" : "default");
    const origin = unapplied === undefined ? given : `default; ${unapplied}`;
    return [`${textOf(option, value)}  (${origin})`];
  });
  return [configurationOf(config), ...rows, ...apartFrom(core), ...writtenOnly(config), ""].join("\n");
}

function configurationOf(config: LoadedConfig | undefined): string {
  return config === undefined ? "no configuration" : `configuration ${config.name}`;
}

/** Whether a value has no effect: a switch that is not turned off, or an empty list. */
function isUsual({ type }: OptionDefinition, value: unknown): boolean {
  return (type.kind === "on" && value === true) || (Array.isArray(value) && value.length === 0);
}

/** Returns an option as it is written on a command line. */
function textOf(option: OptionDefinition, value: unknown): string {
  const { flags, negation } = option;
  const flag = longFlag(value === false ? (negation?.flags ?? flags) : flags) ?? "";
  return typeof value === "boolean" ? flag : `${flag} ${valueText(value)}`;
}

function valueText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return escapePath(value);
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  return escapePath(isList ? value.join(",") : JSON.stringify(value));
}

/** Returns the settings that do not apply to the core checks: those of files and of the environment. */
function apartFrom({ settings, coreFailOn, unapplied }: Configured["core"]): readonly string[] {
  if (settings === undefined && coreFailOn === undefined && unapplied === undefined) return [];
  const { select = [], ignore = [], severity = [], places = {} } = settings ?? {};
  const row = (flag: string, value: string, key: string): string => {
    const place = places[key];
    return `${flag} ${escapePath(value)}${place === undefined ? "" : `  (${place})`}`;
  };
  return [
    ...(select.length === 0 ? [] : [row("--select", select.join(","), `select ${select.join(",")}`)]),
    ...ignore.map((pattern) => row("--ignore", pattern, `ignore ${pattern}`)),
    ...severity.map(({ pattern, severity: level }) => row("--severity", `${pattern}=${level}`, `severity ${pattern}`)),
    "settings of files and of the environment do not apply to the checks of issuer and signature",
  ];
}

/** Returns the number of items of each setting that only a configuration can have. */
function writtenOnly(config: LoadedConfig | undefined): readonly string[] {
  if (config === undefined) return [];
  const counts = { pairs: config.pairs.length, scopes: config.scopes.length, suppress: config.suppressions.length };
  return Object.entries(counts).flatMap(([key, count]) => (count === 0 ? [] : [`${key}: ${count}  (${config.name})`]));
}
