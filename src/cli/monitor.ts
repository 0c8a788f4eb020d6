import { join } from "node:path";
import { readCrl } from "../crl/read.ts";
import { contents, hex } from "../der/span.ts";
import { loadableRules as rules } from "../rules/heads.ts";
import { type Ccadb, disclosedBy, readCcadb } from "../given/ccadb.ts";
import { lintRecord } from "../lint/lint-record.ts";
import { lintOne, type LintOptions } from "../lint/lint.ts";
import { isAtLeast, type Run } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import { escapeText } from "../name/escape.ts";
import { type Copy, CopyStore } from "../fetch/copy-store.ts";
import { escapePath } from "../files/escape-path.ts";
import { checkUrl, keeping } from "./fetch.ts";
import { type FetchFlags, limitsOf } from "./fetch-options.ts";
import { readIssuers } from "../files/gather.ts";
import { get } from "../fetch/http-get.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { answerOf, type ManifestEntry, readManifest } from "../monitor/manifest.ts";
import { compareRuns, jsonOf, renderChanges } from "../monitor/report.ts";
import { MonitorState, type OpenRun, type Result } from "../monitor/state.ts";
import { findTargets, Issuers, type Target } from "../monitor/targets.ts";
import type { Candidate } from "../files/judge.ts";
import { obtainAll, type Obtained, type Obtaining, readServed } from "../fetch/obtain.ts";
import { type OwnFinding, ownRun } from "../files/own-run.ts";
import { Progress } from "./progress.ts";
import { Reader } from "../files/reader.ts";
import { settingsOf } from "../files/settings.ts";

/** Options of `crllint monitor`. */
export interface MonitorFlags extends FetchFlags {
  readonly out: string;
  readonly manifest?: string;
  readonly concurrency: number;
}

/**
 * Fetches all CRLs that an export of the CCADB discloses, or takes those of a manifest, judges each and how it is
 * served, and tells what is new since the last run. Everything is kept in one folder; a run that was interrupted is
 * taken up where it was.
 *
 * @throws UsageError where an input is not what it must be, or the folder cannot be written
 */
export async function monitor(flags: MonitorFlags, io: Io): Promise<ExitCode> {
  const options = settingsOf({ ...flags, signature: "verify" }, io);
  const reader = new Reader(io, flags.stdinName, options.limits);
  const ccadb = flags.ccadb === undefined ? undefined : await readExport(flags.ccadb, reader);
  const manifest = flags.manifest === undefined ? undefined : await readList(flags.manifest, reader);
  if (ccadb === undefined && manifest === undefined) throw new UsageError("give --ccadb or --manifest");
  const issuers = new Issuers(await readGiven(flags, reader, options), ccadb, options.verifier);
  const targets = findTargets(ccadb, manifest, options.now);
  const state = keeping(flags.out, () => new MonitorState(flags.out));
  try {
    const store = keeping(flags.out, () => new CopyStore(join(flags.out, "copies")));
    const watch = new Watch(flags, io, { options, issuers, ccadb, store, state, targets });
    return await watch.run();
  } finally {
    state.release();
  }
}

async function readExport(path: string, reader: Reader): Promise<Ccadb> {
  const content = await reader.read(path);
  const read = "fault" in content ? content : readCcadb(reader.nameOf(path), content.bytes);
  if ("fault" in read) throw new UsageError(`${reader.nameOf(path)}: ${read.fault}`);
  return read;
}

async function readList(path: string, reader: Reader): Promise<readonly ManifestEntry[]> {
  const content = await reader.read(path);
  const read = "fault" in content ? content : readManifest(path, content.bytes);
  if ("fault" in read) throw new UsageError(`${reader.nameOf(path)}: ${read.fault}`);
  return read;
}

async function readGiven(
  flags: MonitorFlags,
  reader: Reader,
  { verifier }: LintOptions,
): Promise<readonly GivenCertificate[]> {
  const findings: OwnFinding[] = [];
  const given = (await readIssuers(flags.issuer, reader, verifier, findings)) ?? [];
  const [first] = findings;
  if (first !== undefined) throw new UsageError(`${first.file}: ${first.message}`);
  return given;
}

/** What a run of the monitor works with. */
interface Means {
  readonly options: LintOptions;
  readonly issuers: Issuers;
  readonly ccadb: Ccadb | undefined;
  readonly store: CopyStore;
  readonly state: MonitorState;
  readonly targets: readonly Target[];
}

/** One run of the monitor. */
class Watch {
  readonly #flags: MonitorFlags;
  readonly #io: Io;
  readonly #means: Means;
  readonly #progress: Progress;

  constructor(flags: MonitorFlags, io: Io, means: Means) {
    this.#flags = flags;
    this.#io = io;
    this.#means = means;
    this.#progress = new Progress(io, means.targets.length);
  }

  async run(): Promise<ExitCode> {
    const { state, options, targets } = this.#means;
    const { out, now } = this.#flags;
    const { selection, allDates } = options;
    const how = JSON.stringify({ selection, allDates, now, urls: targets.map(({ url }) => url) });
    const open = keeping(out, () => state.begin(this.#io.now(), how));
    const fetched: Result[] = [];
    for (let at = 0; at < targets.length; at += this.#batch) {
      fetched.push(...(await this.#watch(targets.slice(at, at + this.#batch), open.done)));
    }
    await this.#progress.clear();
    const results = [...this.#judgeRecords(), ...fetched, ...(await this.#compareFull(fetched))];
    const finished = { startedAt: open.startedAt, results };
    const changes = compareRuns(finished, state.last());
    const text = [...renderChanges(finished, changes)].join("");
    keeping(out, () => {
      state.write("report.txt", text);
      state.write("report.json", jsonOf(finished, changes));
      state.finish(finished);
    });
    await this.#io.write(text);
    return this.#exitCode(results);
  }

  /** URLs that are fetched before they are judged: enough that a slow server does not hold up all others. */
  get #batch(): number {
    return this.#flags.concurrency * 4;
  }

  /** Fetches some URLs, and judges them then; those that an interrupted run has done are taken from it. */
  async #watch(targets: readonly Target[], done: OpenRun["done"]): Promise<readonly Result[]> {
    const results = new Map<Target, Result>();
    const wanted: Target[] = [];
    for (const target of targets) {
      const before = done.get(target.url);
      const unfit = target.entry === undefined ? whyUnfit(target.url) : undefined;
      if (before !== undefined) results.set(target, before);
      else if (unfit === undefined) wanted.push(target);
      else results.set(target, this.#settle(target, notFetched(target.url, unfit)));
    }
    const obtained = await this.#obtain(wanted);
    wanted.forEach((target, i) => {
      const each = obtained[i];
      if (each !== undefined) results.set(target, this.#settle(target, each));
    });
    return targets.flatMap((target) => results.get(target) ?? []);
  }

  #obtain(targets: readonly Target[]): ReturnType<typeof obtainAll> {
    const { store, options } = this.#means;
    const { maxSize, concurrency } = this.#flags;
    const entries = new Map(targets.map(({ url, entry }) => [url, entry]));
    const ask: Obtaining["ask"] = async (url, validators) => {
      const entry = entries.get(url);
      if (entry !== undefined) return answerOf(entry);
      const onProgress = this.#progress.received.bind(this.#progress, url);
      const answer = await get(url, limitsOf(this.#flags), validators, onProgress, this.#io.now);
      this.#progress.finished();
      return answer;
    };
    const urls = targets.map(({ url }) => url);
    return obtainAll(urls, { ask, store, maxSize, limits: options.limits }, concurrency);
  }

  /** Judges what a URL gave. The result is safe before the copy is replaced: no comparison is lost in between. */
  #settle(target: Target, obtained: Obtained | OwnFinding): Result {
    const { state, options } = this.#means;
    const isCandidate = "candidate" in obtained;
    const run = isCandidate
      ? this.#judge(target, obtained.candidate)
      : ownRun(obtained, "crl", options.selection.profiles);
    const result = resultOf(run, target.records.map(nameOf)[0] ?? "");
    keeping(this.#flags.out, () => {
      state.keep(target.url, result);
      if (isCandidate) obtained.keep();
    });
    return result;
  }

  #judge({ url, records }: Target, candidate: Candidate): Run {
    const { options, issuers } = this.#means;
    const { object } = candidate;
    const crl = object.kind === "crl" ? readCrl(object.artefact.bytes, "crl", options) : undefined;
    const key = crl?.authorityKeyIdentifier?.keyIdentifier;
    const [record] = records;
    // What the record says is judged once, not with each of its CRLs.
    const disclosedUrls = record && disclosedBy(record);
    return lintOne(
      rules,
      {
        ...candidate,
        url,
        form: "crl",
        issuers: issuers.of(records, crl && key && hex(contents(crl.source.bytes, key))),
        issuersChosen: true,
        others: [],
        ...(disclosedUrls && { disclosedUrls }),
      },
      options,
    );
  }

  #judgeRecords(): readonly Result[] {
    const { ccadb, options } = this.#means;
    if (ccadb === undefined) return [];
    return ccadb.records
      .filter((record) => record.isInUse(options.now))
      .map((record) =>
        resultOf(lintRecord(rules, { record, siblings: ccadb.siblings(record) }, options), nameOf(record)),
      );
  }

  /** Compares the CRLs of records that disclose several URLs of one full CRL, where all of them came this time. */
  async #compareFull(fetched: readonly Result[]): Promise<readonly Result[]> {
    const { ccadb, options, store } = this.#means;
    const only = { ...options, selection: { ...options.selection, select: ["transport/ccadb-full-crl-differs"] } };
    if (options.selection.select.length > 0) return [];
    const judged = new Set(fetched.filter((result) => result.judged).map(({ subject }) => subject));
    const results: Result[] = [];
    for (const record of ccadb?.records ?? []) {
      const urls = [...new Set(record.full.flatMap((field) => field.urls ?? []))];
      const copies = urls.flatMap((url) => (judged.has(escapePath(url)) ? (store.load(url) ?? []) : []));
      if (copies.length < 2) continue;
      const [first, ...others] = await Promise.all(copies.map((copy) => this.#readCopy(copy)));
      if (first === undefined) continue;
      const given = others.map(({ artefact }) => ({ crl: readCrl(artefact.bytes, "crl", options), artefact }));
      const input = {
        object: first,
        form: "crl",
        issuers: [],
        issuersChosen: true,
        others: [],
        copies: given,
      } as const;
      const { findings, ...run } = lintOne(rules, input, only);
      const own = findings.filter(({ rule }) => rule.startsWith("transport/"));
      if (own.length > 0) results.push(resultOf({ ...run, findings: own }, nameOf(record)));
    }
    return results;
  }

  #readCopy({ transport, body }: Copy) {
    const { maxSize } = this.#flags;
    return readServed(transport, body, { maxSize, limits: this.#means.options.limits });
  }

  #exitCode(results: readonly Result[]): ExitCode {
    const { failOn } = this.#flags;
    const findings = results.flatMap((result) => result.findings);
    if (findings.some(({ rule, severity }) => rule.startsWith("crllint/") && severity === "error")) return 2;
    return failOn !== "never" && findings.some(({ severity }) => isAtLeast(severity, failOn)) ? 1 : 0;
  }
}

function whyUnfit(url: string): string | undefined {
  try {
    checkUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** What is disclosed and cannot be fetched is the CA's fault, and told of its record: here it is only left out. */
function notFetched(url: string, why: string): OwnFinding {
  const help = "see what is said of the record that discloses it";
  return { rule: "crllint/not-fetched", severity: "warning", message: why, file: escapePath(url), help };
}

function nameOf({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return [owner, name]
    .filter((text) => text !== "")
    .map((text) => escapeText(text))
    .join(", ");
}

function resultOf({ crl, judged, sha256, entries, findings }: Run, ca: string): Result {
  return {
    subject: crl,
    ca,
    judged,
    ...(sha256 !== undefined && { sha256 }),
    entries,
    findings: findings
      // That no CA certificate is at hand says nothing of a CRL.
      .filter(({ rule }) => rule !== "crllint/rule-skipped")
      .map(({ rule, severity, message, location, notes, help }) => {
        return { rule, severity, message, path: location.path, notes, help };
      }),
  };
}
