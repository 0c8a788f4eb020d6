import type { LintOptions } from "../lint/lint.ts";
import type { Run } from "../rule/report.ts";
import { formatsWithDigests } from "../report/formats.ts";
import { selectRules } from "../lint/select.ts";
import { loadableRules } from "../rules/heads.ts";
import { takeBreath } from "../files/breath.ts";
import { bindFiles, issuersFor } from "../files/bind-files.ts";
import { type Configured, settingsFiles } from "../files/configure.ts";
import { byName, writeReports } from "./finish.ts";
import type { Further } from "../files/further.ts";
import { gather, type Gathered } from "../files/gather.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { type CrlFile, judgeFile } from "../files/judge-files.ts";
import { markSuppressed, suppresses } from "../files/mark-suppressed.ts";
import type { LintFlags } from "./options.ts";
import { type OwnFinding, ownRun } from "../files/own-run.ts";
import { StatusLine } from "./progress.ts";
import { Reader } from "../files/reader.ts";
import { checkReportFiles } from "./report-files.ts";
import { roles, type Setting } from "../files/setting.ts";
import { settingsOf } from "../files/settings.ts";
import type { Pool } from "../files/worker-pool.ts";

/**
 * Judges the CRLs among some files by the certificates among them, and writes one report.
 *
 * @throws UsageError where there is nothing to judge, a rule is named that does not exist, or an option that is about
 * one CRL is given with several
 */
export async function lint(operands: readonly string[], given: Configured, io: Io): Promise<ExitCode> {
  const { flags } = given;
  const status = new StatusLine(io);
  // Findings may be suppressed by digests, whatever the report tells.
  const runs = await judgeOperands(operands, given, io, status, tellsDigests(flags) || suppresses(given));
  return writeReports(await markSuppressed(runs, given, io), flags, io, status);
}

/**
 * Runs of the CRLs among some files, in the order of their names.
 *
 * @param digests whether the runs are to tell the digests of CRLs and issuers
 * @throws UsageError as `lint`
 */
export async function judgeOperands(
  operands: readonly string[],
  given: Configured,
  io: Io,
  status: StatusLine,
  digests = true,
): Promise<Iterable<Run> | AsyncIterable<Run>> {
  const { flags } = given;
  if (operands.length === 0) throw new UsageError("missing argument: no file is named");
  const options = { ...settingsOf(flags, io), digests };
  checkReportFiles(flags.report ?? [], [...operands, ...filesIn(flags), ...settingsFiles(given)]);
  const form = flags.tbs === true ? "tbs" : "crl";
  const reader = new Reader(io, flags.stdinName, options.limits);
  let started: Call["started"];
  const inputs = {
    operands,
    issuerFiles: flags.issuer,
    form,
    part: flags.shard,
    keepsAll: areTogether(flags),
    // Workers get ready while files are read.
    onCount: (files: number): void => {
      if (files < manyFiles || areTogether(flags)) return;
      started = import("../files/judge-many.ts").then(({ startWorkers }) => startWorkers(files, flags.jobs));
    },
  } as const;
  const read = await gather(inputs, reader, options.verifier, status);
  const gathered = await bindFiles(read, given, reader, options.verifier);
  const further = await readWhatElse(flags, reader, options.verifier);
  checkSingle(gathered.files, flags);
  const call: Call = { gathered, further, form, options, flags, status, started };
  return areTogether(flags) ? (await judgeTogether(call)).toSorted(byName) : judgeEach(call);
}

/** Whether a report tells the digests of CRLs. */
function tellsDigests({ format, report = [], verbose }: LintFlags): boolean {
  if (format === "human" && verbose === true) return true;
  return [format, ...report.map((one) => one.format)].some((one) => formatsWithDigests.has(one));
}

/** All that a call has read. */
interface Call {
  readonly gathered: Gathered;
  readonly further: Further;
  readonly form: "crl" | "tbs";
  readonly options: LintOptions;
  readonly flags: LintFlags;
  readonly status: StatusLine;
  /** Workers that were started before it was known what there is to judge. */
  readonly started: Promise<Pool | undefined> | undefined;
}

/** Fewer files are worth no worker, whatever --jobs says: what tells how many there are to be need not be loaded. */
const manyFiles = 2048;

/** What a CRL is compared with; what reads that is loaded where an option names any. */
async function readWhatElse(flags: LintFlags, reader: Reader, verifier: LintOptions["verifier"]): Promise<Further> {
  if (!areTogether(flags) && flags.tbsWas === undefined && flags.ccadb === undefined) return nothingElse;
  const { readFurther } = await import("../files/further.ts");
  return readFurther(flags, reader, verifier);
}

const nothingElse: Further = {
  previous: [],
  base: [],
  tbsWas: undefined,
  certificates: undefined,
  expected: undefined,
  ccadb: undefined,
  ccadbFile: undefined,
  findings: [],
};

/** Whether what is said of a CRL may depend on the others of the call. */
function areTogether({ shards, previous, base, certs, expectRevoked, expectGood }: LintFlags): boolean {
  return shards === true || [previous, base, certs, expectRevoked, expectGood].some((files) => files !== undefined);
}

/** Runs of all CRLs, which are at hand, and of what the tool has to say of inputs. */
async function judgeTogether({ gathered, further, form, options, flags }: Call): Promise<readonly Run[]> {
  const { judge } = await import("../files/judge.ts");
  const { files, certificates, issuers, pairs } = gathered;
  const all = roles(certificates, issuers);
  const candidates = files.flatMap((file) => {
    return (file.objects ?? []).map((object) => ({
      object,
      isElsewhere: !file.isOurs,
      ...issuersFor(file, pairs, all),
      ...(file.stated && { stated: file.stated }),
      ...(flags.url !== undefined && { url: flags.url }),
    }));
  });
  const surroundings = { form, further, areShards: flags.shards === true, ...all };
  const findings = findingsOf(gathered, options, form);
  return [...judge(candidates, surroundings, options), ...ownRuns(findings, form, options)];
}

/** The same where each CRL is judged by itself, in the order of their names; nothing is kept of a run. */
async function* judgeEach(call: Call): AsyncIterable<Run> {
  const { gathered, further, form, options, status } = call;
  const files = gathered.files.filter(({ isOurs }) => isOurs).sort((a, b) => byName({ crl: a.name }, { crl: b.name }));
  const findings = [...further.findings, ...findingsOf(gathered, options, form)];
  const own = ownRuns(findings, form, options).toSorted(byName);
  let [done, told] = [0, 0];
  for await (const runs of judgeFiles(files, call)) {
    const name = files[done]?.name ?? "";
    for (; (own[told]?.crl ?? name) < name; told += 1) yield own[told] as Run;
    done += 1;
    status.show(() => `linting ${done} of ${files.length} files`);
    yield* runs;
  }
  yield* own.slice(told);
}

/** Runs of each file, in the order of the files: in workers where that is sooner. */
async function* judgeFiles(files: readonly CrlFile[], call: Call): AsyncIterable<readonly Run[]> {
  const { gathered, further, form, options, flags, started } = call;
  const { certificates, certificateFiles, issuers, issuerFiles, pairs, pairFiles } = gathered;
  const { ccadb, ccadbFile, tbsWas } = further;
  const setting: Setting = {
    alike: {
      form,
      ...roles(certificates, issuers),
      ...(flags.url !== undefined && { url: flags.url }),
      ...(ccadb && { ccadb }),
      ...(tbsWas && { tbsWas }),
    },
    pairs,
    options,
  };
  // Of one file there is nothing to spread, and what that takes need not be loaded.
  const many = files.length < 2 ? undefined : await import("../files/judge-many.ts");
  const workers = many?.workersFor(files, flags.jobs) ?? 0;
  if (many !== undefined && workers > 0) {
    const { verifier: _, ...others } = options;
    const read = { certificates: certificateFiles, issuers: issuerFiles, pairs: pairFiles, ccadb: ccadbFile };
    const sent = { form, options: others, ...read };
    yield* many.judgeInWorkers(files, setting, sent, (await started) ?? (await many.openPool({ threads: workers })));
    return;
  }
  await (await started)?.close();
  for (const [i, file] of files.entries()) {
    await takeBreath(i);
    yield judgeFile(file, setting);
  }
}

function ownRuns(findings: readonly OwnFinding[], form: "crl" | "tbs", { selection }: LintOptions): readonly Run[] {
  return findings.map((finding) => ownRun(finding, form, selection.profiles));
}

/** What is to be said of the operands themselves. */
function findingsOf(gathered: Gathered, options: LintOptions, form: "crl" | "tbs"): readonly OwnFinding[] {
  const { files, findings } = gathered;
  if (findings.some(({ severity }) => severity === "error")) return findings;
  // With no rule at all everything would pass.
  const isJudged = files.length > 0 && selectRules(loadableRules, options.selection).rules.length > 0;
  return isJudged ? findings : [...findings, nothingToLint(gathered, form)];
}

/** Files that options name to be read. */
function filesIn({ issuer, previous, base, certs, expectRevoked, expectGood, tbsWas }: LintFlags): readonly string[] {
  return [issuer, previous, base, certs, expectRevoked, expectGood, tbsWas].flatMap((files) => files ?? []);
}

/** Some options say something of one CRL: with several, nothing tells of which. */
function checkSingle(files: readonly CrlFile[], { url, tbsWas }: LintFlags): void {
  const option = url !== undefined ? "--url" : tbsWas !== undefined ? "--tbs-was" : undefined;
  const count = files.reduce((sum, file) => sum + file.count, 0);
  if (option === undefined || count < 2) return;
  throw new UsageError(`${option} is about one CRL, and ${count} are given: lint them one by one`);
}

function nothingToLint({ certificates }: Gathered, form: "crl" | "tbs"): OwnFinding {
  const [first] = certificates;
  const wanted = form === "tbs" ? "TBSCertList" : "CRL";
  const given = certificates.length === 1 ? "a certificate was" : `${certificates.length} certificates were`;
  return {
    rule: "crllint/no-crl",
    severity: "error",
    file: first?.artefact.name ?? "",
    length: first?.artefact.bytes.length ?? 0,
    message: `there is nothing to lint: ${given} given, but no ${wanted}`,
    help: "give the CRL too: crllint ca.pem crl.der",
  };
}
