import { type BigIntStats, closeSync, fstatSync, readSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { LookedAt, Run } from "../rule/report.ts";
import { type ReadHead, readHead, readRun } from "../report/read-run.ts";
import { ReportSplitter } from "../report/report-splitter.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { escapePath } from "../files/escape-path.ts";
import { isUnchanged, openWithoutWait, whyNotRegular } from "../files/read-files.ts";
import { isPart, maximumParts } from "../options/type.ts";
import { type ReportFlags, writeReports } from "./finish.ts";
import { isWorse, withVerdictOfReport } from "../rule/verdict.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ExitCode, Io } from "./io.ts";
import { StatusLine } from "./progress.ts";
import { checkReportFiles } from "./report-files.ts";
import { reasonOf } from "../files/system-error.ts";

/**
 * Joins the json reports of several calls into the report that a single call would have written, and returns the exit
 * code. Holds one run of each report at a time.
 *
 * @param given options of the command line: others do not turn a failure in a report into a pass
 * @throws UsageError if one of them is not such a report or changes while it is read, a report to write would replace
 * one of them, they are of different versions, or a part is missing
 */
export async function merge(
  paths: readonly string[],
  flags: ReportFlags,
  io: Io,
  given: { readonly failOn: boolean; readonly maxWarnings: boolean },
): Promise<ExitCode> {
  checkReportFiles(flags.report ?? [], paths);
  const reports = paths.map(openReport);
  checkVersions(reports);
  checkParts(reports);
  const status = new StatusLine(io);
  const total = reports.reduce((sum, { head }) => sum + head.summary.runs, 0);
  const inputs = inputsOf(reports);
  const about = { status, inputs, ...(!given.failOn && { settle: withVerdictOfReport }) };
  // If the call failed and none of its runs did, it had more warnings than its limit.
  const isSettled = given.maxWarnings || (given.failOn && flags.failOn === "never");
  const stated = statedIn(isSettled ? reports.filter(({ head }) => head.summary.verdict !== "fail") : reports);
  return writeReports(mergeRuns(reports, total, status), { ...flags, stated }, io, about);
}

/** Returns the worst verdict of the calls that is worse than that of each of their runs; undefined if there is none. */
function statedIn(reports: readonly Report[]): ReportFlags["stated"] {
  let worst: ReportFlags["stated"];
  for (const { name, head } of reports) {
    const { verdict, fail, undecided, why } = head.summary;
    const ofRuns = undecided > 0 ? "undecided" : fail > 0 ? "fail" : "pass";
    // All CRLs may be in the other parts.
    const isEmptyPart = head.shard !== undefined && head.summary.runs === 0;
    if (isEmptyPart || !isWorse(verdict, ofRuns) || !isWorse(verdict, worst?.verdict ?? "pass")) continue;
    worst = { verdict, cause: `${name} states the verdict ${verdict}${why === undefined ? "" : ` (${why})`}` };
  }
  return worst;
}

/** A json report in a file. */
interface Report {
  readonly file: TwiceReadFile;
  readonly name: string;
  readonly head: ReadHead;
}

/** Number of bytes that are read at once. */
const pieceSize = 2 ** 18;

/** A file that is read twice, and must not change in between. A pipe would be empty when it is read again. */
class TwiceReadFile {
  readonly name: string;
  readonly #path: string;
  #status: BigIntStats | undefined;

  constructor(path: string) {
    this.#path = path;
    this.name = escapePath(path);
  }

  /** Yields the text of the file in pieces. */
  *pieces(): Iterable<string> {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(pieceSize);
    let descriptor: number | undefined;
    try {
      descriptor = openWithoutWait(this.#path);
      const status = fstatSync(descriptor, { bigint: true });
      const irregular = whyNotRegular(status, "write the report to a file, because it is read twice");
      if (irregular !== undefined) throw cannotRead(this.name, irregular);
      this.#status ??= status;
      for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer)) {
        yield decoder.decode(buffer.subarray(0, length), { stream: true });
      }
      if (!isUnchanged(descriptor, this.#status)) throw new UsageError(`${this.name} changed while it was read`);
    } catch (error) {
      throw error instanceof UsageError ? error : cannotRead(this.name, reasonOf(error), { cause: error });
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }
}

/**
 * Reads the parts of a report other than its runs. Reads the whole report, so a truncated one is noticed before anything
 * is written.
 */
function openReport(path: string): Report {
  const file = new TwiceReadFile(path);
  const { name } = file;
  const splitter = new ReportSplitter();
  let count = 0;
  for (const piece of file.pieces()) for (const _ of splitter.split(piece)) count += 1;
  const head = readHead(parse(splitter.rest));
  if (head === undefined) throw notAReport(name);
  checkCount(name, "runs", count, head.summary.runs);
  return { file, name, head };
}

/** Yields the runs of a report. Checks at the end that they are those of its summary. */
function* runsOf({ file, name, head: { kinds, summary } }: Report): Iterator<Run, undefined> {
  const splitter = new ReportSplitter();
  const verdicts = { pass: 0, fail: 0, undecided: 0 };
  for (const piece of file.pieces()) {
    for (const text of splitter.split(piece)) {
      const run = readRun(parse(text), kinds);
      if (run === undefined) throw notAReport(name);
      verdicts[run.verdict] += 1;
      yield run;
    }
  }
  const { pass, fail, undecided } = verdicts;
  checkCount(name, "runs", pass + fail + undecided, summary.runs);
  checkCount(name, "failed runs", fail, summary.fail);
  checkCount(name, "undecided runs", undecided, summary.undecided);
  return undefined;
}

function checkCount(name: string, what: string, count: number, stated: number): void {
  if (count === stated) return;
  throw new UsageError(`${name} contains ${count} ${what}, but its summary states ${stated}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notAReport(name: string): UsageError {
  return new UsageError(`${name} is not a JSON report that this version of crllint reads`);
}

/**
 * Checks that all reports have one version of crllint. Rules differ between releases, so a joined report would match
 * neither.
 */
function checkVersions(reports: readonly Report[]): void {
  const [first] = reports;
  const other = reports.find(({ head }) => head.tool.version !== first?.head.tool.version);
  if (first === undefined || other === undefined) return;
  const versions = `${first.name} by crllint ${first.head.tool.version}, ${other.name} by ${other.head.tool.version}`;
  throw new UsageError(`these reports were written by different versions: ${versions}`);
}

/** Checks that each part is present exactly once, if the reports state which part they are. */
function checkParts(reports: readonly Report[]): void {
  const of = reports.find(({ head }) => head.shard !== undefined)?.head.shard?.of;
  if (of === undefined) return;
  const known = new Map<number, Report>();
  for (const report of reports) {
    const { shard } = report.head;
    if (shard === undefined) throw new UsageError(`${report.name} does not state which of the ${of} parts it is`);
    if (!isPart(shard)) {
      const expected = shard.of > maximumParts ? `at most ${maximumParts} parts` : `a part from 1 to ${shard.of}`;
      throw new UsageError(`${report.name} states that it is part ${shard.index} of ${shard.of}; expected ${expected}`);
    }
    if (shard.of !== of) throw new UsageError(`${report.name} is one of ${shard.of} parts, and others are of ${of}`);
    const same = known.get(shard.index);
    if (same !== undefined) throw new UsageError(`${same.name} and ${report.name} are both part ${shard.index}`);
    known.set(shard.index, report);
  }
  if (known.size === of) return;
  let missing = 1;
  while (known.has(missing)) missing += 1;
  throw new UsageError(`part ${missing} of ${of} is missing`);
}

/** Returns the files that were looked at if all reports agree: all parts of one call look at the same files. */
function inputsOf(reports: readonly Report[]): LookedAt | undefined {
  const [first, ...others] = reports.map(({ head }) => head.inputs);
  return others.every((inputs) => isDeepStrictEqual(inputs, first)) ? first : undefined;
}

/** A report whose runs are read one by one. */
interface Open {
  readonly report: Report;
  readonly runs: Iterator<Run, undefined>;
  next: Run | undefined;
}

/** Yields the runs of all reports in the order of their names, which is the order within each report. */
function* mergeRuns(reports: readonly Report[], total: number, status: StatusLine): Iterable<Run> {
  const open = reports.map((report): Open => {
    const runs = runsOf(report);
    return { report, runs, next: runs.next().value };
  });
  let done = 0;
  let profiles: Run["profiles"] | undefined;
  for (let name = firstName(open); name !== undefined; name = firstName(open)) {
    const groups = open.map((each) => ({ report: each.report, runs: takeRuns(each, name ?? "") }));
    for (const run of joinRuns(groups)) {
      profiles ??= run.profiles;
      if (!isDeepStrictEqual(run.profiles, profiles)) {
        throw new UsageError(
          `these reports are of different profiles: ${profiles.join(",")}, ${run.profiles.join(",")}`,
        );
      }
      done += 1;
      status.show(() => `merging ${done} of ${total} runs`);
      yield run;
    }
  }
}

function firstName(open: readonly Open[]): string | undefined {
  let first: string | undefined;
  for (const { next } of open) if (next !== undefined && (first === undefined || next.crl < first)) first = next.crl;
  return first;
}

/** Returns all consecutive runs of one name that come next. */
function takeRuns(from: Open, name: string): readonly Run[] {
  const taken: Run[] = [];
  for (; from.next?.crl === name; from.next = from.runs.next().value) taken.push(from.next);
  return taken;
}

interface Group {
  readonly report: Report;
  readonly runs: readonly Run[];
}

/**
 * Joins the runs of one name from all reports. If several parts of one call have the same run, it is reported once,
 * because all parts read the files that options name. A CRL is linted in one part.
 */
function joinRuns(groups: readonly Group[]): readonly Run[] {
  const present = groups.filter(({ runs }) => runs.length > 0);
  const [first, ...others] = present.toSorted((a, b) => b.runs.length - a.runs.length);
  const joined = [...(first?.runs ?? [])];
  for (const { report, runs } of others) {
    for (const run of runs) {
      const isShared = report.head.shard !== undefined && joined.some((known) => isDeepStrictEqual(known, run));
      if (!isShared) joined.push(run);
      else if (run.rules.length > 0) throw new UsageError(`${run.crl} was linted in two parts, also in ${report.name}`);
    }
  }
  return joined;
}
