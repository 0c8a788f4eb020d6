import { InvalidArgumentError, Option } from "commander";
import type { Limits } from "../fetch/http-get.ts";
import { type LintFlags, lintOptions } from "./options.ts";

/** Options of commands that fetch. */
export interface FetchFlags extends LintFlags {
  readonly maxSize: number;
  readonly timeout: number;
  readonly maxRedirects: number;
  readonly allowPrivate?: true;
  readonly cache?: string;
}

/** Those of lint that say what a command that fetches finds out by itself. */
const ofFiles: ReadonlySet<string> = new Set(["--url", "--tbs", "--tbs-was", "--jobs", "--shard"]);

/** The options of `crllint fetch`: those of lint, and what fetching may cost. */
export function fetchOptions(): readonly Option[] {
  return [
    ...limitOptions(),
    new Option("--cache <dir>", "keep the last good copies there, and ask servers only for what has changed"),
    ...lintOptions().filter(({ long }) => !ofFiles.has(long ?? "")),
  ];
}

/** Those of lint that a monitor takes: it writes reports of its own, and compares with what it has kept. */
const ofMonitor: ReadonlySet<string> = new Set([
  "--issuer",
  "--ccadb",
  "--profile",
  "--select",
  "--ignore",
  "--severity",
  "--all-dates",
  "--now",
  "--fail-on",
  "--max-findings",
  "--limit",
  "--stdin-name",
]);

/** The options of `crllint monitor`. */
export function monitorOptions(): readonly Option[] {
  return [
    new Option("--out <dir>", "folder for the report, the last good copies and the state").makeOptionMandatory(),
    new Option(
      "--manifest <file>",
      "CRLs that were fetched already: a JSON array of { url, file, status, headers ... }",
    ),
    new Option("--concurrency <n>", "requests that are under way at the same time")
      .argParser((value) => parseRange(value, 1, 64))
      .default(8),
    ...limitOptions(),
    ...lintOptions().filter(({ long }) => ofMonitor.has(long ?? "")),
  ];
}

/** What fetching may cost. */
function limitOptions(): readonly Option[] {
  return [
    new Option("--max-size <size>", "most octets of one CRL: 1000000, 50M ...")
      .argParser(parseSize)
      .default(2 ** 28, "256M"),
    new Option("--timeout <seconds>", "most time for one URL, redirects included")
      .argParser((value) => parseRange(value, 1, 3600))
      .default(30),
    new Option("--max-redirects <n>", "most redirects of one URL")
      .argParser((value) => parseRange(value, 0, 20))
      .default(5),
    new Option("--allow-private", "also from hosts whose addresses are private, link-local or loopback"),
  ];
}

/** The limits that the options set. */
export function limitsOf({ maxSize, timeout, maxRedirects, allowPrivate }: FetchFlags): Limits {
  return { maxSize, timeout, maxRedirects, allowPrivate: allowPrivate === true };
}

const units: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Reads a size: octets, or with K, M or G. */
export function parseSize(value: string): number {
  const { count = "", unit = "" } = /^(?<count>\d{1,10})(?<unit>[KMG]?)$/iu.exec(value)?.groups ?? {};
  const size = Number(count) * (units[unit.toUpperCase()] ?? Number.NaN);
  if (count === "" || size < 1 || size > 2 ** 31)
    throw new InvalidArgumentError("It is a size up to 2G: 50M, 1000000.");
  return size;
}

/** Reads a whole number within bounds. */
export function parseRange(value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d{1,5}$/u.test(value) || number < least || number > most) {
    throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
  }
  return number;
}
