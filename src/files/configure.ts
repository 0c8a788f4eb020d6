import { dirname, relative, resolve, sep } from "node:path";
import type { Config, Vocabulary } from "../config/read-config.ts";
import type { WrittenConfig } from "../config/schema.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Format } from "../report/formats.ts";
import { escapePath } from "./escape-path.ts";
import { findConfig } from "./find-config.ts";
import { ConfigError, UsageError } from "../cli/io.ts";
import { findNearest } from "../cli/nearest.ts";
import type { LintFlags } from "../cli/options.ts";
import { readFile } from "./read-files.ts";

/** A configuration, and where it was found. */
export interface LoadedConfig extends Config {
  /** Its path as reports show it. */
  readonly name: string;
  readonly path: string;
  /** The folder that its paths are relative to, absolute. */
  readonly folder: string;
  readonly text: string;
}

/** Options with what a configuration says where they say nothing, and that configuration. */
export interface Configured<F extends LintFlags = LintFlags> {
  readonly flags: F;
  readonly config: LoadedConfig | undefined;
}

/** What names and values of a configuration are compared with. */
export const vocabulary: Vocabulary = { rules: loadableRules, suggest: findNearest };

/**
 * Looks for a configuration, and takes from it what neither an option nor the environment says.
 *
 * @param isGiven whether an option, by its name in the flags, was given on the command line or in the environment
 * @throws ConfigError where something is wrong in it
 * @throws UsageError where it cannot be read
 */
export async function configure<F extends LintFlags>(
  flags: F,
  isGiven: (option: string) => boolean,
): Promise<Configured<F>> {
  if (flags.config === false) return { flags, config: undefined };
  const path = flags.config ?? findConfig(process.cwd());
  if (path === undefined) return { flags, config: undefined };
  const config = await loadConfig(path);
  return { flags: merge(flags, isGiven, config), config };
}

async function loadConfig(path: string): Promise<LoadedConfig> {
  const { readConfig } = await import("../config/read-config.ts");
  const { name, text } = await readSettings(path);
  const result = readConfig(text, vocabulary);
  if ("problems" in result) throw await configError(name, text, result.problems);
  return { ...result.config, name, path, folder: dirname(resolve(path)), text };
}

/** Text of a file of settings, and its name as it is shown. */
export async function readSettings(path: string): Promise<{ readonly name: string; readonly text: string }> {
  const name = escapePath(relative(process.cwd(), resolve(path)) || path);
  const content = readFile(path);
  if ("fault" in content) throw new UsageError(`${name}: ${content.fault}`);
  const text = new TextDecoder().decode(content.bytes);
  const at = text.indexOf("\ufffd");
  if (at === -1) return { name, text };
  const message = "this is not UTF-8, or holds a character that could not be decoded before";
  throw await configError(name, text, [{ id: "encoding", message, at: { start: at, end: at + 1 } }]);
}

/** What is wrong with a file of settings, as an error that names each line. */
export async function configError(
  name: string,
  text: string,
  problems: Parameters<typeof import("../config/problem.ts").describeProblems>[2],
): Promise<ConfigError> {
  const { describeProblems } = await import("../config/problem.ts");
  return new ConfigError(describeProblems(name, text, problems));
}

/** Whether a name is that of a CRL that was fetched. */
export function isUrl(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(name);
}

/**
 * A path as patterns of a configuration see it: relative to the folder of that, with `/` between its parts. A URL stays
 * as it is.
 */
export function pathFrom(folder: string, name: string): string {
  if (isUrl(name)) return name;
  const path = relative(folder, resolve(name));
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** Files that settings come from, or name to be read. */
export function settingsFiles({ flags, config }: Configured): readonly string[] {
  const baseline = flags.baseline === undefined ? [] : [flags.baseline];
  if (config === undefined) return baseline;
  const issuers = config.pairs.flatMap(({ issuer }) => issuer.map((path) => resolve(config.folder, path)));
  return [config.path, ...baseline, ...issuers];
}

/** Options for which something is set: lists take the place of others, severities are added to those of a configuration. */
function merge<F extends LintFlags>(flags: F, isGiven: (option: string) => boolean, config: LoadedConfig): F {
  const settings = settingsFrom(config.written, config.folder);
  const missing = Object.entries(settings).filter(([name, value]) => value !== undefined && !isGiven(name));
  const severity = [...severitiesOf(config.written), ...(flags.severity ?? [])];
  return { ...flags, ...Object.fromEntries(missing), ...(severity.length > 0 && { severity }) };
}

/** What a configuration says, as options say it. */
function settingsFrom(written: WrittenConfig, folder: string): Partial<LintFlags> {
  const reports = Object.entries(written.reports ?? {}).map(([format, file]) => {
    return { format: format as Format, file: resolve(folder, String(file)) };
  });
  const values: { readonly [Name in keyof LintFlags]?: LintFlags[Name] | undefined } = {
    profile: listOf(written.profile),
    select: listOf(written.select),
    ignore: listOf(written.ignore),
    allDates: switchOf(written["all-dates"]),
    signature: written.signature,
    failOn: written["fail-on"],
    failOnSkipped: switchOf(written["fail-on-skipped"]),
    maxWarnings: written["max-warnings"],
    maxFindings: written["max-findings"],
    limit: written.limits as LintFlags["limit"],
    format: written.format,
    report: reports.length > 0 ? reports : undefined,
    quiet: switchOf(written.quiet),
    verbose: switchOf(written.verbose),
    baseline: written.baseline === undefined ? undefined : resolve(folder, written.baseline),
  };
  return values as Partial<LintFlags>;
}

function severitiesOf({ severity }: WrittenConfig): NonNullable<LintFlags["severity"]> {
  return Object.entries(severity ?? {}).map(([pattern, level]) => ({ pattern, severity: level }));
}

function listOf<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  return value === undefined ? undefined : ([value].flat() as readonly T[]);
}

function switchOf(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}
