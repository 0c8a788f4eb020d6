import type { LintInput, LintOptions } from "../lint/lint.ts";
import { selectRules } from "../lint/select.ts";
import { UsageError } from "../options/usage-error.ts";
import type { CoreOptions } from "../library/lint-options.ts";
import type { CommandOptions, PathOptions } from "../options/values.ts";
import type { LookedAt, Run } from "../rule/report.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Bound } from "./bind-files.ts";
import { byName, type OwnFinding, ownRun } from "./own-run.ts";
import { checkedOptions } from "./checked-options.ts";
import type { LoadedConfig } from "./configure.ts";
import { yieldToEventLoop } from "./event-loop.ts";
import type { Further } from "./further.ts";
import { gather, type Gathered, usuallyKept } from "./gather.ts";
import { type CrlFile, inputsOf, lintFile } from "./lint-file.ts";
import { type LintSetup, roles } from "./lint-setup.ts";
import type { LintPool } from "./lint-in-workers.ts";
import { readStore } from "./read-store.ts";
import { Reader } from "./read-files.ts";
import type { World } from "./world.ts";

/** Options for linting inputs: those of `lintFiles`, and those that only the command has. */
export interface InputOptions extends PathOptions, CommandOptions, CoreOptions {
  /** A configuration whose pairs and scopes apply. Its other settings are already among the options. */
  readonly loaded?: LoadedConfig | undefined;
  /** Whether the runs contain the digests of CRLs and issuers. */
  readonly digests?: boolean;
}

/** The results for some files. */
export interface LintedInputs {
  /** Runs in the order of the names of their files. */
  readonly runs: Iterable<Run> | AsyncIterable<Run>;
  /** Counts of the files. */
  readonly inputs: LookedAt;
}

/**
 * Lints the CRLs among some files, with the certificates among them.
 *
 * @param operands files, directories, patterns, and `-` for standard input
 * @returns runs in the order of the names of their files: of each CRL, and of each input that could not be used
 * @throws UsageError if there is no operand, if no rule matches a pattern, or if an option for a single CRL is given
 * with several
 */
export async function lintInputs(
  operands: readonly string[],
  options: InputOptions,
  world: World,
): Promise<LintedInputs> {
  if (operands.length === 0) throw new UsageError("missing argument: no input files given");
  const settled = { ...checkedOptions(options, world), digests: options.digests ?? true };
  const { verifier, limits } = settled;
  const reader = new Reader(world, options.stdinName ?? "stdin", limits, options.stdinTimeout);
  const keepAllCrls = needsAllCrls(options);
  let started: Started;
  const inputs = {
    operands,
    issuer: options.issuer,
    form: options.form ?? "crl",
    shard: options.shard,
    keep: async (files: number): Promise<number> => {
      if (keepAllCrls) return Number.POSITIVE_INFINITY;
      if (files < minimumFilesForWorkers || options.issuers !== undefined) return usuallyKept;
      const { startWorkers } = await import("./lint-in-workers.ts");
      // Workers start while files are read, and read the files again.
      started = startWorkers(files, options.jobs);
      return started === undefined ? usuallyKept : 0;
    },
  };
  const storeFindings: OwnFinding[] = [];
  const issuerStore = await readStore(options.issuers, limits, storeFindings);
  const gathered = await gather(inputs, reader, verifier, world.showStatus);
  const count = gathered.files.reduce((sum, file) => sum + file.count, 0);
  const bound = await bind(gathered, count, options, reader, verifier);
  const files = gathered.files.map((file, i) => (bound.settings[i] ? { ...file, ...bound.settings[i] } : file));
  const further = await readComparisonInputs(options, reader, verifier);
  checkSingle(count, options);
  const setup: LintSetup = {
    shared: { ...sharedInput(inputs.form, options, gathered, further), ...(issuerStore && { issuerStore }) },
    pairs: bound.pairs,
    options: settled,
  };
  const findings = findingsOf(gathered, [...gathered.findings, ...storeFindings, ...bound.findings], setup);
  const { looked } = gathered;
  // A few CRLs that are in memory are checked as one set. One file may contain several.
  const areSet = count > 1 && files.length <= maximumInSet && files.every(({ objects }) => objects !== undefined);
  if (!keepAllCrls && !areSet) {
    const inShard = files.filter(({ isInShard }) => isInShard).sort((a, b) => byName({ crl: a.name }, { crl: b.name }));
    const linted = lintEach(inShard, setup, further.ccadbFile, started, options.jobs);
    const own = ownRuns([...further.findings, ...findings], setup).toSorted(byName);
    return { runs: inOrder(inShard, linted, own, world), inputs: looked };
  }
  const { lintTogether } = await import("./lint-together.ts");
  const all = files.flatMap((file) => inputsOf(file, file.objects ?? [], setup));
  const inShard = new Set(files.flatMap(({ isInShard, objects = [] }) => (isInShard ? objects : [])));
  const runs = lintTogether(all, further, setup, options.shards === true, inShard);
  return { runs: [...runs, ...ownRuns(findings, setup)].toSorted(byName), inputs: looked };
}

/** Maximum number of files whose CRLs are checked as one set without an option that requests it. */
const maximumInSet = 32;

/** Workers that were started before the files to lint were known. */
type Started = Promise<LintPool> | undefined;

/**
 * With fewer files no worker is started, even with --jobs. The module that calculates the exact number is then not
 * loaded.
 */
const minimumFilesForWorkers = 2048;

/** Returns the settings of a configuration for the files. Their module is loaded only if there is one. */
async function bind(
  { files, certificates }: Gathered,
  count: number,
  options: InputOptions,
  reader: Reader,
  verifier: LintOptions["verifier"],
): Promise<Bound> {
  if (options.loaded === undefined) return { settings: [], pairs: [], findings: [] };
  const { bindNames } = await import("./bind-files.ts");
  const names = files.map(({ name }) => name);
  const isPair = certificates.length === 1 && count === 1;
  return bindNames(names, options.loaded, options, reader, verifier, isPair);
}

/** Returns the inputs that all CRLs share. */
function sharedInput(
  form: LintInput["form"],
  { url }: InputOptions,
  { certificates, issuers }: Gathered,
  { expected, ccadb, tbsWas, manifest }: Further,
): LintSetup["shared"] {
  return {
    form,
    ...roles(certificates, issuers),
    ...(url !== undefined && { url }),
    ...(expected && { expected }),
    ...(ccadb && { ccadb }),
    ...(tbsWas && { tbsWas }),
    ...(manifest && { manifest }),
  };
}

/** Reads the inputs that CRLs are compared with. The module for this is loaded only if an option requires it. */
async function readComparisonInputs(
  options: InputOptions,
  reader: Reader,
  verifier: LintOptions["verifier"],
): Promise<Further> {
  const { tbsWas, manifest, ccadb } = options;
  if (!needsAllCrls(options) && [tbsWas, manifest, ccadb].every((path) => path === undefined)) return nothingFurther;
  const { readFurther } = await import("./further.ts");
  return readFurther(options, reader, verifier);
}

const nothingFurther: Further = {
  previous: [],
  base: [],
  tbsWas: undefined,
  manifest: undefined,
  certificates: undefined,
  expected: undefined,
  ccadb: undefined,
  ccadbFile: undefined,
  findings: [],
};

/** Whether findings about a CRL may depend on the other CRLs of the call. */
function needsAllCrls({ shards, previous, base, certificates, expectRevoked, expectGood }: InputOptions): boolean {
  return (
    shards === true || [previous, base, certificates, expectRevoked, expectGood].some((files) => files !== undefined)
  );
}

/** Returns the runs of files, in the order of the names of the files, merged with the other runs. */
async function* inOrder(
  files: readonly CrlFile[],
  linted: AsyncIterable<readonly Run[]>,
  own: readonly Run[],
  { showStatus }: World,
): AsyncIterable<Run> {
  let [done, reported] = [0, 0];
  for await (const runs of linted) {
    const name = files[done]?.name ?? "";
    for (; (own[reported]?.crl ?? name) < name; reported += 1) yield own[reported] as Run;
    done += 1;
    showStatus?.(() => `linting ${done} of ${files.length} files`);
    yield* runs;
  }
  yield* own.slice(reported);
}

/**
 * Lints each CRL by itself, in workers if that is faster. No run is kept.
 *
 * @param ccadbFile the file of --ccadb
 * @returns the runs of each file, in the order of the files
 */
async function* lintEach(
  files: readonly CrlFile[],
  setup: LintSetup,
  ccadbFile: Further["ccadbFile"],
  started: Started,
  jobs: number | undefined,
): AsyncIterable<readonly Run[]> {
  // One file cannot be distributed to workers, so the module for workers is not loaded. A store is not sent to workers.
  const isHere = files.length < 2 || setup.shared.issuerStore !== undefined;
  const many = isHere ? undefined : await import("./lint-in-workers.ts");
  const workers = many?.workersFor(files, jobs) ?? 0;
  if (many !== undefined && workers > 0) {
    const { sendSetup } = await import("./sent-setup.ts");
    const pool = (await started) ?? (await many.openLintPool(workers));
    yield* many.lintInWorkers(files, setup, sendSetup(setup, ccadbFile), pool);
    return;
  }
  await (await started)?.close();
  for (const [i, file] of files.entries()) {
    await yieldToEventLoop(i);
    yield lintFile(file, setup);
  }
}

function ownRuns(findings: readonly OwnFinding[], { shared, options }: LintSetup): readonly Run[] {
  return findings.map((finding) => ownRun(finding, shared.form, options.selection.profiles));
}

/** Returns the findings about inputs, and one that there is nothing to lint, unless an error explains that. */
function findingsOf(
  gathered: Gathered,
  findings: readonly OwnFinding[],
  { shared, options }: LintSetup,
): readonly OwnFinding[] {
  if (findings.some(({ severity }) => severity === "error")) return findings;
  if (gathered.files.length === 0) return [...findings, nothingToLint(gathered, shared.form)];
  const isLinted = selectRules(loadableRules, options.selection).rules.length > 0;
  return isLinted ? findings : [...findings, noRule(options.selection.profiles, gathered)];
}

/** Rejects several CRLs with an option for a single CRL: it is unknown which one it applies to. */
function checkSingle(count: number, { url, tbsWas, manifest }: InputOptions): void {
  const given = { "--url": url, "--tbs-was": tbsWas, "--manifest": manifest };
  const [option] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (option === undefined || count < 2) return;
  throw new UsageError(`${option} is about one CRL, and ${count} are given: lint them one by one`);
}

/** Reports that no rule is left: every CRL would pass. */
function noRule(profiles: readonly string[], { files: [file] }: Gathered): OwnFinding {
  return {
    rule: "crllint/no-rule",
    severity: "error",
    file: file?.name ?? "",
    message: `no rule was run: the selection leaves none of the rules of ${profiles.join(", ")}`,
    help: "select other rules, or another profile",
  };
}

function nothingToLint({ certificates }: Gathered, form: LintInput["form"]): OwnFinding {
  const [first] = certificates;
  const wanted = form === "tbs" ? "TBSCertList" : "CRL";
  const given = certificates.length === 1 ? "a certificate was" : `${certificates.length} certificates were`;
  return {
    rule: "crllint/no-crl",
    severity: "error",
    file: first?.artefact.name ?? "",
    length: first?.artefact.bytes.length ?? 0,
    message: `there is nothing to lint: ${given} given, but no ${wanted}`,
    help: "also give the CRL: crllint ca.pem crl.der",
  };
}
