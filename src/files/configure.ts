import { dirname, relative, resolve, sep } from "node:path";
import { ConfigError } from "../config/error.ts";
import type { Config } from "../config/read-config.ts";
import type { CoreOptions } from "../library/lint-options.ts";
import { mergeTables } from "../options/from-text.ts";
import { options } from "../options/table.ts";
import type { Aspect } from "../rule/aspects.ts";
import type { OptionType } from "../options/type.ts";
import { parseTime } from "../options/time.ts";
import { type CommonOptions, expectedWith } from "../options/values.ts";
import { cannotRead } from "./cannot-read.ts";
import { escapePath } from "./escape-path.ts";
import { findConfig } from "./find-config.ts";
import { readFile } from "./read-files.ts";

/** A configuration, and its file. */
export interface LoadedConfig extends Config {
  /** Its path in reports. */
  readonly name: string;
  readonly path: string;
  /** The directory that its paths are relative to, absolute. */
  readonly folder: string;
  readonly text: string;
}

/** Options, completed with the settings of a configuration, and that configuration. */
export interface Configured<F = object> {
  readonly flags: F;
  readonly config: LoadedConfig | undefined;
  /** Settings that could leave out a core check. They apply to all other rules. */
  readonly core: CoreOptions;
}

/** The origin of the value of an option; undefined if it was not given. */
export type Origin = "command line" | "environment" | undefined;

/**
 * Finds the configuration, and uses its values for options that neither the command line nor the environment sets.
 *
 * @param originOf returns the origin of an option, by its name in the flags
 * @throws ConfigError if it contains errors
 * @throws UsageError if it cannot be read
 */
export async function configure<F extends { readonly config?: string | false }>(
  flags: F,
  originOf: (option: string) => Origin,
): Promise<Configured<F>> {
  const path = flags.config === false ? undefined : (flags.config ?? findConfig(process.cwd()));
  const config = path === undefined ? undefined : await loadConfig(path);
  return { ...merge(flags, originOf, config), config };
}

async function loadConfig(path: string): Promise<LoadedConfig> {
  const { readConfig } = await import("../config/read-config.ts");
  const { name, text } = await readSettings(path);
  const result = readConfig(text);
  if ("problems" in result) throw await configError(name, text, result.problems);
  return { ...result.config, name, path, folder: dirname(resolve(path)), text };
}

/** Returns the text of a file of settings, and its name for messages. */
export async function readSettings(path: string): Promise<{ readonly name: string; readonly text: string }> {
  const content = readFile(path, undefined, escapePath(relative(process.cwd(), resolve(path)) || path));
  const { name } = content;
  if ("fault" in content) throw cannotRead(name, content.fault);
  const text = new TextDecoder().decode(content.bytes);
  const at = text.indexOf("\ufffd");
  if (at === -1) return { name, text };
  const message = "not valid UTF-8, or contains U+FFFD, which replaced a character that could not be decoded";
  throw await configError(name, text, [{ id: "encoding", message, at: { start: at, end: at + 1 } }]);
}

/** Returns an error that lists each problem in a file of settings, with its line. */
export async function configError(
  name: string,
  text: string,
  problems: Parameters<typeof import("../config/problem.ts").describeProblems>[2],
): Promise<ConfigError> {
  const { describeProblems } = await import("../config/problem.ts");
  return new ConfigError(describeProblems(name, text, problems));
}

/** Whether a name is the URL of a CRL that was fetched. */
export function isUrl(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(name);
}

/**
 * Returns a path as patterns of a configuration match it: relative to the directory of the configuration, with `/`
 * between
 * its parts. A URL is unchanged.
 */
export function pathFrom(folder: string, name: string): string {
  if (isUrl(name)) return name;
  const path = relative(folder, resolve(name));
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** Returns the files of settings, and the files that these name. */
export function settingsFiles({ flags, config }: Configured<{ readonly baseline?: string }>): readonly string[] {
  const baseline = flags.baseline === undefined ? [] : [flags.baseline];
  if (config === undefined) return baseline;
  const issuers = config.pairs.flatMap(({ issuer }) => issuer.map((path) => resolve(config.folder, path)));
  return [config.path, ...baseline, ...issuers];
}

type Table = Readonly<Record<string, unknown>>;

/**
 * Merges flags with the settings of a configuration: a given option replaces a setting, or is added to it. Settings
 * that could leave out a core check are returned separately, including those of the environment.
 */
function merge<F extends object>(
  flags: F,
  originOf: (option: string) => Origin,
  config: LoadedConfig | undefined,
): Pick<Configured<F>, "flags" | "core"> {
  const merged = { ...flags } as Record<string, unknown>;
  const apart: Record<string, unknown> = {};
  const environment: Record<string, unknown> = {};
  for (const [name, option] of options) {
    const { configuration, isAdded, boundsCore } = option;
    const origin = originOf(name);
    const written = configuration === undefined ? undefined : config?.written[configuration];
    const value = config && settingFrom(option.type, written, config.folder);
    if (boundsCore === true) {
      if (origin === "environment") {
        environment[name] = merged[name];
        apart[name] =
          isAdded === true && value !== undefined ? mergeTables(value as Table, merged[name] as Table) : merged[name];
        merged[name] = option.default;
      } else if (value !== undefined && (origin === undefined || isAdded === true)) apart[name] = value;
    } else if (value !== undefined) {
      if (origin === undefined) merged[name] = value;
      else if (isAdded === true) merged[name] = mergeTables(value as Table, merged[name] as Table);
    }
  }
  if ("failOn" in apart) merged["failOn"] = apart["failOn"];
  const isAbove = (name: string): boolean => rankOf(originOf(name)) > rankOf(originOf("failOn"));
  // `never` leaves no effect to other settings of its own origin, or below it.
  const isNever = merged["failOn"] === "never";
  if (isNever && !isAbove("maxWarnings")) delete merged["maxWarnings"];
  const areSkippedBound = isNever && isAbove("failOnSkipped");
  const expects = expectedWith((name) => originOf(name) === "command line");
  const core = coreOptionsFrom(apart, environment, config, expects);
  return { flags: merged as F, core: { ...core, ...(areSkippedBound && { skippedFailOn: "error" }) } };
}

/** Returns a number that is higher for an origin that overrides another one. */
function rankOf(origin: Origin): number {
  return [undefined, "environment", "command line"].indexOf(origin);
}

/**
 * @param environment the settings in `apart` that come from the environment
 * @param expects inputs with which the command line states what it expects
 */
function coreOptionsFrom(
  apart: Table,
  environment: Table,
  config: LoadedConfig | undefined,
  expects: readonly Aspect[],
): CoreOptions {
  const { select = [], ignore = [], severity = {}, signature, failOn } = apart as CommonOptions;
  const {
    select: chosen,
    ignore: ignored = [],
    severity: leveled = {},
    signature: mode,
  } = environment as CommonOptions;
  const placeOf = (key: string, pattern: string, isOfEnvironment: boolean): readonly [string, string] => {
    const setting = `${key} ${pattern}`;
    return [setting, isOfEnvironment ? "the environment" : `${config?.name}:${config?.lines.get(setting)}`];
  };
  const [, firstPlace] = placeOf("select", select[0] ?? "", chosen !== undefined);
  const places = Object.fromEntries([
    [`select ${select.join(",")}`, firstPlace],
    ...ignore.map((pattern) => placeOf("ignore", pattern, ignored.includes(pattern))),
    ...Object.keys(severity).map((pattern) => placeOf("severity", pattern, Object.hasOwn(leveled, pattern))),
  ]);
  const levels = Object.entries(severity).map(([pattern, level]) => ({ pattern, severity: level }));
  const hasPatterns = select.length + ignore.length + levels.length > 0;
  return {
    expects,
    ...(hasPatterns && { settings: { select, ignore, severity: levels, places, expects } }),
    ...(failOn === "never" && { coreFailOn: "error" }),
    ...(signature === "ignore" && {
      unapplied: `signature: ignore of ${mode === undefined ? config?.name : "the environment"} does not apply`,
    }),
  };
}

/** Returns the value of a configuration for an option, in the form of a flag. */
function settingFrom(type: OptionType, written: unknown, folder: string): unknown {
  if (written === undefined) return undefined;
  switch (type.kind) {
    // A switch is off by default.
    case "switch":
      return written === true ? true : undefined;
    case "list":
      return [written].flat();
    case "time":
      return parseTime(written as string);
    case "path":
      return resolve(folder, written as string);
    case "reports": {
      const reports = Object.entries(written as object).map(([format, file]) => {
        return { format, file: resolve(folder, String(file)) };
      });
      return reports.length > 0 ? reports : undefined;
    }
    default:
      return written;
  }
}
