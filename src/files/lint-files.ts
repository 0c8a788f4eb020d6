import { UsageError, type Io } from "../cli/io.ts";
import { judgeOperands } from "../cli/lint.ts";
import type { LintFlags } from "../cli/options.ts";
import { StatusLine } from "../cli/progress.ts";
import {
  checkOptions,
  commonKinds,
  flag,
  isListOf,
  isText,
  type Kind,
  type Kinds,
  text,
} from "../library/check-options.ts";
import type { LintCrlOptions } from "../library/options.ts";
import type { Run } from "../rule/report.ts";

type Common = Pick<LintCrlOptions, keyof typeof commonKinds>;

/** How files are judged, and files to judge with. Paths are those of the file system; `-` is standard input. */
export interface LintFilesOptions extends Omit<Common, "now"> {
  /** The moment to judge at. Default: the clock; unlike `lintCrl`, this function has one. */
  readonly now?: Date;
  /** Files with certificates of the issuing CAs. Default: the certificates among the files that are linted. */
  readonly issuer?: string | readonly string[];
  /** The CRL that the one linted replaces; of several CRLs each finds its own. */
  readonly previous?: string | readonly string[];
  /** The complete CRL that a delta CRL updates, likewise. */
  readonly base?: string | readonly string[];
  /** Files and folders with certificates that the CRLs may list. */
  readonly certificates?: string | readonly string[];
  /** Files with certificates that a CRL must list. */
  readonly expectRevoked?: string | readonly string[];
  /** Files with certificates that a CRL must not list. */
  readonly expectGood?: string | readonly string[];
  /** Whether the CRLs are one CA's partition: they are judged as a set, too. */
  readonly shards?: boolean;
  /** An export of the CCADB: the report of all certificate records, as CSV. */
  readonly ccadb?: string;
  /** What was linted before it was signed; for one CRL. */
  readonly tbsWas?: string;
}

const isPaths = isListOf(isText);
const paths: Kind = { is: "a path or an array of paths", fits: (value) => isText(value) || isPaths(value) };

const kinds: Kinds<LintFilesOptions> = {
  ...commonKinds,
  issuer: paths,
  previous: paths,
  base: paths,
  certificates: paths,
  expectRevoked: paths,
  expectGood: paths,
  shards: flag,
  ccadb: text,
  tbsWas: text,
};

/** The world as this function sees it: it writes nothing. */
const io: Io = {
  write: () => Promise.resolve(true),
  writeError: () => Promise.resolve(true),
  readStdin: () => process.stdin,
  env: {},
  isTty: false,
  columns: undefined,
  isErrorTty: false,
  now: () => Date.now() / 1000,
};

/**
 * Lints files as the command does: sorted by what they hold, each CRL with the certificate whose key made its
 * signature. Files, folders (walked), patterns, and `-` for standard input. All files are read one at a time to find
 * the certificates; CRLs that do not depend on each other are then read and judged one at a time, so that any number of
 * them fits. There is no configuration file, and nothing is written.
 *
 * @returns a run for each CRL, in the order of their names, and one for each input that could not be used
 * @throws TypeError on misuse, as `lintCrl`; also, from the iteration, where no rule matches a pattern, or an option
 * that is about one CRL is given with several. What is wrong with a file is a finding
 */
export function lintFiles(files: string | readonly string[], options: LintFilesOptions = {}): AsyncIterable<Run> {
  if (!paths.fits(files)) throw new TypeError("lintFiles: files must be a path or an array of paths");
  const operands = [files].flat();
  if (operands.length === 0) throw new TypeError("lintFiles: no file is named");
  checkOptions("lintFiles", options, kinds);
  return judge(operands, flagsOf(options));
}

async function* judge(operands: readonly string[], flags: LintFlags): AsyncIterable<Run> {
  try {
    yield* await judgeOperands(operands, { flags, config: undefined }, io, new StatusLine(io));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new TypeError(`lintFiles: ${error.message.replace(/^--/u, "option ")}`, { cause: error });
  }
}

/** The same as the command line says it. */
function flagsOf(options: LintFilesOptions): LintFlags {
  const { form, profile = "tls-br", select, ignore, severity, now, scope, completeness, url, ccadb, tbsWas } = options;
  const { limits, maxFindings = 20, signature = "verify", shards, allDates, failOnSkipped } = options;
  return {
    ...pathsOf(options),
    profile: [profile].flat(),
    maxFindings,
    signature,
    ...(limits && { limit: limits }),
    ...(select && { select }),
    ...(ignore && { ignore }),
    ...(severity && { severity: Object.entries(severity).map(([pattern, level]) => ({ pattern, severity: level })) }),
    ...(now && { now: now.getTime() / 1000 }),
    ...(scope && { scope }),
    ...(completeness && { [completeness]: true }),
    ...(form === "tbs" && { tbs: true }),
    ...(shards === true && { shards }),
    ...(allDates === true && { allDates }),
    ...(failOnSkipped === true && { failOnSkipped }),
    ...(url !== undefined && { url }),
    ...(ccadb !== undefined && { ccadb }),
    ...(tbsWas !== undefined && { tbsWas }),
    ...unused,
  };
}

/** Options that name files, as lists of them. */
function pathsOf({ issuer, previous, base, certificates, expectRevoked, expectGood }: LintFilesOptions) {
  return {
    ...(issuer !== undefined && { issuer: [issuer].flat() }),
    ...(previous !== undefined && { previous: [previous].flat() }),
    ...(base !== undefined && { base: [base].flat() }),
    ...(certificates !== undefined && { certs: [certificates].flat() }),
    ...(expectRevoked !== undefined && { expectRevoked: [expectRevoked].flat() }),
    ...(expectGood !== undefined && { expectGood: [expectGood].flat() }),
  };
}

/** What says how the command reports, where else it looks, and with how many threads. */
const unused = {
  format: "human",
  color: "never",
  failOn: "error",
  stdinName: "stdin",
  config: false,
  suppress: false,
  jobs: 1,
} as const;
