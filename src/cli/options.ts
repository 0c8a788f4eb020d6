import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { isLimit, largestLimits, limitNames, type Limits, usualLimits } from "../der/limits.ts";
import { parseMoment } from "../options/moment.ts";
import type { Severity } from "../rule/report.ts";
import { type Format, formats } from "../report/formats.ts";
import { isProfile, type ProfileId } from "../sources/profiles.ts";
import { escapePath } from "../files/escape-path.ts";
import type { Part } from "../files/part.ts";
import type { ColorChoice } from "./style.ts";

/** What every command takes. */
export interface CommonFlags {
  readonly color: ColorChoice;
  readonly width?: number;
}

/** A severity for the rules that match a pattern. */
export interface SeverityFlag {
  readonly pattern: string;
  readonly severity: Severity | "off";
}

/** A report that goes into a file. */
export interface ReportFlag {
  readonly format: Format;
  readonly file: string;
}

/** Options of `crllint lint`, as commander hands them over. */
export interface LintFlags extends CommonFlags {
  readonly format: Format;
  readonly report?: readonly ReportFlag[];
  readonly profile: readonly ProfileId[];
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly severity?: readonly SeverityFlag[];
  readonly issuer?: readonly string[];
  readonly failOn: Severity | "never";
  readonly failOnSkipped?: true;
  readonly maxWarnings?: number;
  readonly maxFindings: number;
  readonly limit?: Partial<Limits>;
  readonly now?: number;
  readonly previous?: readonly string[];
  readonly base?: readonly string[];
  readonly certs?: readonly string[];
  readonly expectRevoked?: readonly string[];
  readonly expectGood?: readonly string[];
  readonly shards?: true;
  readonly url?: string;
  readonly ccadb?: string;
  readonly tbs?: true;
  readonly tbsWas?: string;
  readonly signature: "verify" | "ignore";
  readonly scope?: "subscriber" | "ca" | "both";
  readonly full?: true;
  readonly partitioned?: true;
  readonly allDates?: true;
  /** File of the configuration; false for none. */
  readonly config?: string | false;
  readonly baseline?: string;
  /** False for --no-suppress. */
  readonly suppress?: boolean;
  readonly stdinName: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly jobs?: number;
  readonly shard?: Part;
}

const levels = ["error", "warning", "notice"];

/** The options of `crllint lint`, in the order in which --help lists them. */
export function lintOptions(): readonly Option[] {
  return [
    new Option("--issuer <file>", "certificate of the issuing CA; may be repeated").argParser(collect),
    new Option(
      "--profile <names>",
      "requirements to judge by: tls-br, smime-br, cs-br, etsi, rfc5280 ...; several with commas",
    )
      .argParser(parseProfiles)
      .default(["tls-br"], "tls-br"),
    new Option(
      "--select <patterns>",
      "only these rules: id, part (idp, idp/*) or source:NAME; may be repeated",
    ).argParser(collectList),
    new Option("--ignore <patterns>", "without these rules, or needs:INPUT (needs:certs); may be repeated").argParser(
      collectList,
    ),
    new Option("--severity <rule=level>", "error, warning, notice or off for these rules; may be repeated").argParser(
      parseSeverity,
    ),
    new Option("--all-dates", "also requirements that are not in force on thisUpdate"),
    new Option("--now <time>", "the moment to judge at, as in 2026-11-23T12:00:00Z (default: the clock)").argParser(
      parseNow,
    ),
    new Option("--previous <file>", "the CRL that this one replaces; may be repeated for several CRLs").argParser(
      collect,
    ),
    new Option("--base <file>", "the complete CRL that a delta CRL updates; may be repeated").argParser(collect),
    new Option(
      "--certs <file|dir>",
      "certificates that the CRL may list: files, bundles, folders; may be repeated",
    ).argParser(collect),
    new Option("--expect-revoked <file>", "certificates that the CRL must list; may be repeated").argParser(collect),
    new Option("--expect-good <file>", "certificates that the CRL must not list; may be repeated").argParser(collect),
    new Option("--shards", "the CRLs given are one CA's partition: judge them as a set, too"),
    new Option("--ccadb <file>", "export of the CCADB (CSV of all certificate records): what the CA discloses"),
    new Option("--url <url>", "where the CRL is served; nothing is fetched").argParser(parseUrl),
    new Option("--tbs", "the input is a bare TBSCertList, not signed yet"),
    new Option("--tbs-was <file>", "what was linted before it was signed: the CRL must hold the same octets").conflicts(
      "tbs",
    ),
    new Option("--signature <mode>", "ignore: signed with a throw-away key")
      .choices(["verify", "ignore"])
      .default("verify"),
    new Option("--scope <scope>", "what the CRL covers (default: what it says itself)").choices([
      "subscriber",
      "ca",
      "both",
    ]),
    new Option("--full", "the CRL is full and complete").conflicts("partitioned"),
    new Option("--partitioned", "the CRL is one of several partitions (shards)").conflicts("full"),
    new Option("-f, --format <format>", "what goes to standard output").choices(formats).default("human"),
    new Option("--report <format=file>", "a report into a file, besides standard output; may be repeated").argParser(
      parseReport,
    ),
    new Option("--fail-on <level>", "lowest severity that fails").choices([...levels, "never"]).default("error"),
    new Option("--fail-on-skipped", "a rule that could not be judged fails, too"),
    new Option("--max-warnings <n>", "more warnings than this fail").argParser(parseCount),
    new Option("--max-findings <n>", "shown per rule and file, the rest is counted; 0 shows all")
      .argParser(parseCount)
      .default(20),
    new Option(
      "--limit <name=n>",
      "how far inputs are read: depth, entries, extensions ... (docs/limits.md); may be repeated",
    ).argParser(parseLimit),
    new Option("-c, --config <file>", "configuration (default: the nearest crllint.yaml upwards)"),
    new Option("--no-config", "without a configuration"),
    new Option("--baseline <file>", "what crllint baseline has written: findings that do not count"),
    new Option("--no-suppress", "all findings count, whatever configuration and baseline say"),
    new Option(
      "--jobs <n>",
      "most threads that many files are spread over (default: one for each processor, where that gains)",
    ).argParser(parseJobs),
    new Option("--shard <i/n>", "part I of N of the files, as in 2/5; crllint merge joins the json reports").argParser(
      parsePart,
    ),
    new Option("--stdin-name <name>", "what standard input is called in reports").default("stdin"),
    new Option("-q, --quiet", "findings only"),
    new Option("-v, --verbose", "also how every rule ended, and evidence"),
  ];
}

/** Those of lint that say how it reports, and what a report means for a gate. */
const ofMerge: ReadonlySet<string> = new Set([
  "--format",
  "--report",
  "--fail-on",
  "--max-warnings",
  "--quiet",
  "--verbose",
]);

/** The options of `crllint merge`. */
export function mergeOptions(): readonly Option[] {
  return lintOptions().filter(({ long }) => ofMerge.has(long ?? ""));
}

/** Those of lint that say how it reports, which a baseline does not. */
const ofReports: ReadonlySet<string> = new Set([
  "--format",
  "--report",
  "--max-warnings",
  "--max-findings",
  "--shard",
  "--no-suppress",
  "--quiet",
  "--verbose",
]);

/** The options of `crllint baseline`: those of lint that say how CRLs are judged. */
export function baselineOptions(): readonly Option[] {
  return lintOptions().filter(({ long }) => !ofReports.has(long ?? ""));
}

/** The option of `crllint rules` that names profiles; without it all rules are meant. */
export function profileOption(): Option {
  return new Option("--profile <names>", "rules in these profiles: tls-br, mozilla ...; several with commas").argParser(
    parseProfiles,
  );
}

/** The options of every command. */
export function commonOptions(): readonly Option[] {
  return [
    new Option("--color <when>", "colours in human text").choices(["auto", "always", "never"]).default("auto"),
    new Option("--width <columns>", "width of human text (default: that of the terminal, or 120)").argParser(
      parseWidth,
    ),
  ];
}

const prefix = "CRLLINT_";

/**
 * Adds options with their twins in the environment: `CRLLINT_FAIL_ON` for `--fail-on`. A variable that is empty counts
 * as not set, and one that says 0 or false leaves a switch off.
 */
export function addOptions(command: Command, options: readonly Option[]): void {
  // Windows does not tell the case of their names apart.
  const isTwinSet = Object.keys(process.env).some((name) => name.toUpperCase().startsWith(prefix));
  for (const option of options) {
    if (!isTwinSet) {
      command.addOption(option);
      continue;
    }
    const twin = `${prefix}${option.name().replaceAll("-", "_").toUpperCase()}`;
    const value = process.env[twin] ?? "";
    const isOff = (option.isBoolean() || option.negate) && (value === "0" || value === "false");
    command.addOption(value === "" || isOff ? option : option.env(twin));
    // Off by the environment is not the same as not said: a configuration does not turn it on.
    if (isOff && !option.negate) command.setOptionValueWithSource(option.attributeName(), undefined, "env");
  }
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function collectList(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...splitList(value)];
}

function splitList(value: string): readonly string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function parseProfiles(value: string): readonly ProfileId[] {
  const names = splitList(value);
  if (names.length === 0) throw new InvalidArgumentError("No profile is named.");
  return names.map((name) => {
    if (!isProfile(name)) throw new InvalidArgumentError(`There is no profile ${escapePath(name)}.`);
    return name;
  });
}

function parseSeverity(value: string, previous: readonly SeverityFlag[] = []): readonly SeverityFlag[] {
  const parsed = splitList(value).map((item) => {
    const [pattern = "", severity = ""] = item.split("=");
    if (![...levels, "off"].includes(severity) || pattern === "") {
      throw new InvalidArgumentError("It is RULE=LEVEL, with error, warning, notice or off.");
    }
    return { pattern, severity: severity as SeverityFlag["severity"] };
  });
  return [...previous, ...parsed];
}

function parseLimit(value: string, previous: Partial<Limits> = {}): Partial<Limits> {
  const parsed = splitList(value).map((item) => {
    const [wanted = "", number = ""] = item.split("=");
    const name = limitNames.find((each) => each === wanted);
    if (name === undefined) throw new InvalidArgumentError(`It is NAME=N, with one of ${limitNames.join(", ")}.`);
    const limit = /^\d{1,10}$/u.test(number) ? Number(number) : 0;
    if (!isLimit(name, limit)) {
      const most = `${largestLimits[name]} (usually ${usualLimits[name]})`;
      throw new InvalidArgumentError(`The limit ${name} is a number from 1 to ${most}.`);
    }
    return [name, limit] as const;
  });
  return { ...previous, ...Object.fromEntries(parsed) };
}

function parseReport(value: string, previous: readonly ReportFlag[] = []): readonly ReportFlag[] {
  const at = value.indexOf("=");
  const format = formats.find((name) => name === value.slice(0, at));
  if (format === undefined) throw new InvalidArgumentError(`It is FORMAT=FILE, with one of ${formats.join(", ")}.`);
  const file = value.slice(at + 1);
  if (file === "" || file === "-") throw new InvalidArgumentError("No file is named; --format is for standard output.");
  if (previous.some((other) => resolve(other.file) === resolve(file))) {
    throw new InvalidArgumentError("Two reports cannot go into one file.");
  }
  return [...previous, { format, file }];
}

function parseNow(value: string): number {
  const moment = parseMoment(value);
  if (moment === undefined) throw new InvalidArgumentError("It is a time of RFC 3339: 2026-11-23T12:00:00Z.");
  return moment;
}

function parseUrl(value: string): string {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/u.test(value) || !URL.canParse(value)) {
    throw new InvalidArgumentError("It is an absolute URL: http://crl.example.com/ca.crl.");
  }
  return value;
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/u.test(value)) throw new InvalidArgumentError("It is a number from 0 on.");
  return Number(value);
}

function parseJobs(value: string): number {
  const jobs = parseCount(value);
  if (jobs < 1 || jobs > 1000) throw new InvalidArgumentError("It is a number from 1 to 1000.");
  return jobs;
}

function parsePart(value: string): Part {
  const { index, of } = /^(?<index>[1-9]\d{0,5})\/(?<of>[1-9]\d{0,5})$/u.exec(value)?.groups ?? {};
  if (index === undefined || Number(index) > Number(of)) {
    throw new InvalidArgumentError("It is I/N, part I of N, from 1/N to N/N: 2/5.");
  }
  return { index: Number(index), of: Number(of) };
}

function parseWidth(value: string): number {
  const width = parseCount(value);
  if (width < 20 || width > 10_000) throw new InvalidArgumentError("It is a number from 20 to 10000.");
  return width;
}
