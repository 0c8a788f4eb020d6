import type { Configured, Origin } from "../files/configure.ts";
import { escapePath } from "../files/escape-path.ts";
import { type CommandName, options } from "../options/table.ts";

/**
 * Returns the settings that are in force, a line each, with where they come from. Options that have neither a value nor a
 * default are left out.
 *
 * @param originOf where an option was given on the command line or in the environment
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
    if (!isShown || value === undefined || (option.type.kind === "on" && value === true)) return [];
    const written = option.configuration !== undefined && config?.written[option.configuration] !== undefined;
    const origin = originOf(name) ?? (written ? config.name : "default");
    const flag = /--[a-z-]+/u.exec(option.flags)?.[0] ?? name;
    return [`${typeof value === "boolean" ? flag : `${flag} ${textOf(value)}`}  (${origin})`];
  });
  const isApart = core.settings !== undefined || core.coreFailOn !== undefined || core.unapplied !== undefined;
  const apart = isApart
    ? ["settings of files and of the environment do not apply to the checks of issuer and signature"]
    : [];
  return [...rows, ...apart, ""].join("\n");
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return escapePath(value);
  const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
  return escapePath(isList ? value.join(",") : JSON.stringify(value));
}
