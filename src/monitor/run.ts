import { statSync } from "node:fs";
import { join } from "node:path";
import { readCrl } from "../crl/read.ts";
import { type Deadline, deadline } from "../fetch/abort.ts";
import { checkUrl } from "../fetch/check-url.ts";
import type { Concurrency } from "../fetch/by-host.ts";
import { CopyStore } from "../fetch/copy-store.ts";
import { getWith, type FetchLimits, type Progress } from "../fetch/http-get.ts";
import { keeping } from "../fetch/keeping.ts";
import {
  type FetchedCrl,
  type FetchedInput,
  obtainEach,
  type Obtaining,
  readServed,
  whenTooLarge,
} from "../fetch/obtain.ts";
import { mayPass, withRetries } from "../fetch/retry.ts";
import { escapePath } from "../files/escape-path.ts";
import { type OwnFinding, ownRun } from "../files/own-run.ts";
import { sha256Of } from "../files/sha256.ts";
import { belongsTo } from "../files/shard.ts";
import { type CaRecord, type Ccadb, disclosedBy, unreadFieldsOf } from "../given/ccadb.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { InputObject } from "../input/read.ts";
import { lintRecord } from "../lint/lint-record.ts";
import { lintOne, type LintOptions } from "../lint/lint.ts";
import { escapeText } from "../name/escape.ts";
import { type AsOf, fixedTime } from "../options/time.ts";
import type { Part } from "../options/type.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Finding, Run } from "../rule/report.ts";
import { withVerdict } from "../rule/verdict.ts";
import { withoutCites } from "../rule/without-cites.ts";
import { loadableRules as rules } from "../rules/heads.ts";
import { version } from "../version.ts";
import type { LeaseWorld } from "./lease.ts";
import { answerOf } from "./manifest.ts";
import { isOfCa, notProbed, withUndisclosed } from "./probe.ts";
import { type KeptFacts, notFetchedRule, type Result, resultOf } from "./results.ts";
import type { MonitorState, OpenRound } from "./state.ts";
import { expectedIssuersFor, issuersOf, partKeyOf, recordName, type Target } from "./targets.ts";

/** Limits of one round of the monitor, and its directory. */
export interface MonitorOptions extends FetchLimits, Concurrency {
  readonly out: string;
  /** Maximum number of requests for one URL. */
  readonly attempts: number;
  /** Memory for the whole round, in bytes. */
  readonly memory: number;
  /** Maximum number of seconds for the requests of a round. */
  readonly seconds: number | undefined;
}

/** Inputs of a round of the monitor. */
export interface MonitorInputs {
  readonly options: LintOptions;
  /** The certificates of all CAs that are known. */
  readonly issuers: IssuerStore;
  readonly ccadb: Ccadb | undefined;
  readonly copies: CopyStore;
  readonly state: MonitorState;
  readonly targets: readonly Target[];
  /** Whether all URLs that the records disclose are watched, not those of a list or a manifest. */
  readonly isWhole: boolean;
  /** The time to lint as of, if one was given; undefined for the clock. */
  readonly asOf: AsOf | undefined;
  /** Aborted when the process must end. */
  readonly stop: AbortSignal;
  /** The part of the CAs that this round is about, if they are divided into several. */
  readonly part: Part | undefined;
}

/** A round with all its results. */
export interface WholeRound extends Pick<OpenRound, "key" | "startedAt"> {
  readonly results: readonly Result[];
}

/**
 * Fetches and lints all CRLs. Stores each result at once.
 *
 * @returns undefined if the process must end before everything is done
 * @throws UsageError if the directory cannot be written
 */
export async function runRound(
  options: MonitorOptions,
  world: LeaseWorld,
  progress: Progress,
  inputs: MonitorInputs,
): Promise<WholeRound | undefined> {
  return new MonitorRound(options, world, progress, inputs).run();
}

/**
 * Divisor of the memory for the share of one CRL: its body, for a short time a decoded copy of twice the size, and its
 * predecessor.
 */
const share = 4;

/** The rule that compares the CRLs at several URLs of one full CRL. */
const fullCrlDiffers = "transport/ccadb-full-crl-differs";

class MonitorRound {
  readonly #options: MonitorOptions;
  readonly #world: LeaseWorld;
  readonly #inputs: MonitorInputs;
  readonly #progress: Progress;
  readonly #began = performance.now();
  /** Aborted when no request may be under way any longer: the process must end, or the time is up. */
  readonly #end: Deadline;
  /** The CRLs of this round that are not good copies, until it ends. */
  #unkept: CopyStore | undefined;

  constructor(options: MonitorOptions, world: LeaseWorld, progress: Progress, inputs: MonitorInputs) {
    const { maxSize, memory, out, seconds } = options;
    this.#end = deadline(seconds === undefined ? undefined : seconds * 1000, inputs.stop);
    this.#options = {
      ...options,
      maxSize: Math.min(maxSize, Math.floor(memory / share)),
      spool: join(out, "tmp"),
      end: this.#end.signal,
    };
    this.#world = world;
    this.#inputs = inputs;
    this.#progress = progress;
  }

  async run(): Promise<WholeRound | undefined> {
    return this.#run().finally(this.#end.free);
  }

  async #run(): Promise<WholeRound | undefined> {
    const { state, options, targets, issuers, stop, asOf, copies } = this.#inputs;
    const { out } = this.#options;
    const { verifier, now: _, ...settings } = options;
    const known = issuers.artefacts.map(({ bytes }) => verifier?.sha256(bytes));
    const urls = targets.map(inputsOf);
    const how = JSON.stringify({ ...settings, now: asOf, urls, known, version });
    const { key, startedAt, done } = keeping(out, () => state.begin(Math.floor(this.#world.now()), how));
    this.#unkept = keeping(out, () => new CopyStore(join(out, "current")));
    const reused = await this.#withoutLost(done);
    const fetched: Result[] = [];
    for (const batch of this.#batches()) {
      for await (const result of this.#lintTargets(batch, reused)) fetched.push(result);
      if (stop.aborted) return undefined;
    }
    const watched = new Set(targets.map(({ url }) => url));
    keeping(out, () => copies.sweep(0, (url) => watched.has(url)));
    const compared = await this.#compareFull(fetched);
    return { key, startedAt, results: [...this.#lintRecords(), ...compared] };
  }

  /**
   * Yields groups of URLs that are fetched before they are linted: enough that a slow server does not delay all others.
   * CRLs in a manifest do not need to be fetched.
   */
  *#batches(): Iterable<readonly Target[]> {
    const { targets } = this.#inputs;
    const size = targets.some(({ entry }) => entry !== undefined) ? 1 : this.#options.concurrency * 4;
    for (let at = 0; at < targets.length; at += size) yield targets.slice(at, at + size);
  }

  /** Fetches some URLs and lints the CRLs; results of an interrupted round are reused. */
  async *#lintTargets(targets: readonly Target[], done: OpenRound["done"]): AsyncGenerator<Result> {
    const wanted: Target[] = [];
    for (const target of targets) {
      const result = this.#withoutRequest(target, done);
      if (result === undefined) wanted.push(target);
      else {
        this.#progress.finished();
        yield result;
      }
    }
    const { stop } = this.#inputs;
    if (wanted.length === 0 || stop.aborted) return;
    let at = 0;
    const postponed = new Set<Target>();
    for await (const each of this.#obtain(wanted, postponed)) {
      const target = wanted[at];
      at += 1;
      if (target !== undefined && !postponed.has(target)) {
        const result = this.#settle(target, each);
        this.#progress.finished();
        if (result !== undefined) yield result;
      }
      if (stop.aborted) return;
    }
    // No CRL is too large if it is fetched alone. If the time is up, no request is sent.
    for (const target of postponed) yield* this.#lintTargets([target], done);
  }

  /** Returns the result for a URL to which no request is sent; undefined for all others. */
  #withoutRequest(target: Target, done: OpenRound["done"]): Result | undefined {
    const before = done.get(target.url);
    if (before !== undefined || target.entry !== undefined) return before;
    const unfit = urlProblem(target.url);
    if (unfit !== undefined) return this.#keep(target, notFetched(target.url, unfit));
    return this.#isLate ? this.#keep(target, tooLate(target.url)) : undefined;
  }

  /** Whether the time for requests is up. */
  get #isLate(): boolean {
    const { seconds } = this.#options;
    if (this.#end.signal.aborted && !this.#inputs.stop.aborted) return true;
    return seconds !== undefined && performance.now() - this.#began >= seconds * 1000;
  }

  /** @param postponed receives the targets that do not fit into the memory together with the others */
  #obtain(targets: readonly Target[], postponed: Set<Target>): ReturnType<typeof obtainEach> {
    const { copies, options } = this.#inputs;
    const { maxSize, attempts, memory } = this.#options;
    const known = new Map(targets.map((target) => [target.url, target]));
    const limits = { ...this.#options, budget: { left: memory } };
    // Retries of a URL count once in the progress.
    const progress = { received: this.#progress.received.bind(this.#progress), finished: () => {} };
    const fetchUrl = withRetries(getWith(limits, progress, this.#world.now), attempts, (time) =>
      Promise.race([this.#world.sleep(time), this.#end.aborted]),
    );
    const ask: Obtaining["ask"] = async (url, condition) => {
      const target = known.get(url);
      if (target?.entry !== undefined) return answerOf(target.entry);
      const answer = await fetchUrl(url, condition).catch((error: unknown) => {
        // The disk is full: the round has failed, and the other requests must not run on into the next one.
        this.#end.abort();
        throw error;
      });
      if (target !== undefined && "refused" in answer && answer.isPostponed === true) postponed.add(target);
      return answer;
    };
    const urls = targets.map(({ url }) => url);
    return obtainEach(urls, { ask, store: copies, maxSize, limits: options.limits }, this.#options);
  }

  /**
   * Lints the CRL that a URL returned. Stores the result before it replaces the copy, so no comparison is lost between
   * them.
   *
   * @returns undefined if there must be no CRL, and the one returned is not of the CA
   */
  #settle(target: Target, obtained: FetchedCrl | OwnFinding): Result | undefined {
    if (!("input" in obtained)) return this.#keep(target, obtained);
    const { input } = obtained;
    if (target.isProbe === true && !isOfCa(input, target, this.#inputs)) {
      const { transport } = input;
      return transport !== undefined && mayPass(transport) ? this.#keep(target, notProbed(transport)) : undefined;
    }
    const [record] = target.records;
    const result = this.#lint(target, input, { kind: "crl", ...namesOf(record), at: this.#world.now() });
    keeping(this.#options.out, () => {
      this.#inputs.state.keep(target.url, result);
      if (!obtained.keep(result.run) && result.crl !== undefined) this.#unkept?.save(obtained.received);
    });
    return result;
  }

  /** Stores the reason why a URL was not fetched. */
  #keep({ url, records: [record], isProbe = false }: Target, finding: OwnFinding): Result {
    const { state, options } = this.#inputs;
    const about = { kind: isProbe ? "probe" : "crl", ...namesOf(record), at: this.#world.now() } as const;
    const result = resultOf(ownRun(finding, "crl", options.selection.profiles), about);
    keeping(this.#options.out, () => state.keep(url, result));
    return result;
  }

  #lint(target: Target, input: FetchedInput, about: Pick<Result, "kind" | "owner" | "ca" | "at">): Result {
    const { options, issuers } = this.#inputs;
    const { url, records, stated, isProbe = false } = target;
    const [record] = records;
    // The record itself is linted once, not with each of its CRLs.
    const disclosedUrls = record && disclosedBy(record);
    const cas = issuersOf(target, issuers);
    const known = cas && expectedIssuersFor(cas, () => readCrl(input.object.artefact.bytes, "crl", options));
    const linted = lintOne(
      rules,
      {
        ...input,
        form: "crl",
        url,
        issuers: known ?? [],
        issuersChosen: true,
        others: [],
        ...(known === undefined && issuers.size > 0 && { issuerStore: issuers }),
        // The URL of a probe is known to be undisclosed.
        ...(disclosedUrls && !isProbe && { disclosedUrls }),
        ...(stated && { stated }),
      },
      options,
    );
    const helped = { ...linted, findings: linted.findings.map(helpHere) };
    const run = isProbe ? withUndisclosed(helped, disclosedUrls?.length ?? 0, options) : helped;
    const crl = factsOf(run);
    return resultOf(run, {
      ...about,
      ca: about.ca === "" ? (run.facts?.issuer ?? "") : about.ca,
      ...(crl && { crl }),
    });
  }

  #lintRecords(): readonly Result[] {
    const { ccadb, options, asOf, part, isWhole } = this.#inputs;
    if (ccadb === undefined) return [];
    const now = fixedTime(asOf, this.#world.now);
    const names = new Map<string, number>();
    return ccadb.records
      .filter((record) => record.isInUse(now) && belongsTo(part, partKeyOf(record)))
      .map((record) => {
        const name = recordName(record);
        const count = (names.get(name) ?? 0) + 1;
        names.set(name, count);
        const linted = {
          ...lintRecord(rules, { record, siblings: ccadb.siblings(record) }, options),
          // The name is the subject in the history, which each record has for itself.
          crl: count === 1 ? name : `${name} (${count})`,
        };
        const run = isWhole ? withUnread(linted, record, options) : linted;
        return resultOf(run, { kind: "record", ...namesOf(record), at: this.#world.now() });
      });
  }

  /** Returns the URLs of each full CRL that has several. */
  #fullSets(): readonly (readonly string[])[] {
    const { ccadb, options } = this.#inputs;
    if (options.selection.select.length > 0) return [];
    const sets = ccadb?.records.map(({ full }) => [...new Set(full.flatMap((field) => field.urls ?? []))]) ?? [];
    return sets.filter((urls) => urls.length > 1);
  }

  /**
   * Returns the results of an interrupted round without those whose CRL is needed for a comparison and was not written:
   * it is fetched again.
   */
  async #withoutLost(done: OpenRound["done"]): Promise<OpenRound["done"]> {
    const reused = new Map(done);
    for (const url of this.#fullSets().flat()) {
      const crl = reused.get(url)?.crl;
      if (crl !== undefined && (await this.#readReceived({ url, sha256: crl.sha256 })) === undefined)
        reused.delete(url);
    }
    return reused;
  }

  /**
   * Compares the CRLs at the URLs of each full CRL that has several, if they were fetched this time. The findings belong
   * to the first URL.
   */
  async #compareFull(fetched: readonly Result[]): Promise<readonly Result[]> {
    const { options } = this.#inputs;
    const results = new Map(fetched.map((result) => [result.run.crl, result]));
    for (const urls of this.#fullSets()) {
      const received = urls.flatMap((url): readonly Received[] => {
        const crl = results.get(escapePath(url))?.crl;
        return crl === undefined ? [] : [{ url, sha256: crl.sha256 }];
      });
      const { differences, isWhole } = await this.#differencesOf(received);
      if (received.length < urls.length || !isWhole) {
        // An earlier finding has not ended because a CRL to compare with is missing.
        for (const result of received.flatMap(({ url }) => results.get(escapePath(url)) ?? [])) {
          results.set(result.run.crl, { ...result, unchecked: [...(result.unchecked ?? []), fullCrlDiffers] });
        }
      }
      const result = results.get(escapePath(received[0]?.url ?? ""));
      if (result === undefined || differences.length === 0) continue;
      const run = withVerdict({ ...result.run, findings: [...result.run.findings, ...differences] }, options);
      results.set(run.crl, { ...result, run });
    }
    return [...results.values()];
  }

  /**
   * Returns the findings that the CRLs at the URLs of one full CRL differ from the first of them, and whether all could
   * be compared. No more than two are in memory.
   */
  async #differencesOf([first, ...others]: readonly Received[]): Promise<Compared> {
    const { options } = this.#inputs;
    const different = others.filter(({ sha256 }) => sha256 === "" || sha256 !== first?.sha256);
    if (first === undefined || different.length === 0) return { differences: [], isWhole: true };
    const object = await this.#readReceived(first);
    if (object === undefined) return { differences: [], isWhole: false };
    const only: LintOptions = {
      ...options,
      selection: { ...options.selection, select: [fullCrlDiffers] },
      issuerLeftOutBy: "each of the CRLs is compared with its CA by itself",
    };
    const findings: Finding[] = [];
    let isWhole = true;
    for (const each of different) {
      const artefact = (await this.#readReceived(each))?.artefact;
      if (artefact === undefined) {
        isWhole = false;
        continue;
      }
      const copies = [{ crl: readCrl(artefact.bytes, "crl", options), artefact }];
      const input = { object, form: "crl", issuers: [], issuersChosen: true, others: [], copies } as const;
      findings.push(...lintOne(rules, input, only).findings.filter(({ rule }) => rule === fullCrlDiffers));
    }
    return { differences: options.maxFindings === 0 ? findings : findings.slice(0, options.maxFindings), isWhole };
  }

  /** Returns the CRL that a URL returned in this round; undefined if it was not written, or is damaged. */
  async #readReceived({ url, sha256 }: Received): Promise<InputObject | undefined> {
    const { copies, options } = this.#inputs;
    const read = { maxSize: this.#options.maxSize, limits: options.limits };
    for (const store of [this.#unkept, copies]) {
      const copy = store?.load(url);
      const served = copy && (await readServed(copy.transport, copy.body, read).catch(whenTooLarge));
      // A store may have the CRL of an earlier round.
      if (served !== undefined && (sha256 === "" || sha256Of(served.object.artefact.bytes) === sha256))
        return served.object;
    }
    return undefined;
  }
}

/** A CRL that a URL returned. */
interface Received {
  readonly url: string;
  /** Empty if it is not known. */
  readonly sha256: string;
}

/** Differences between the CRLs at the URLs of one full CRL. */
interface Compared {
  readonly differences: readonly Finding[];
  /** Whether all CRLs could be read again. */
  readonly isWhole: boolean;
}

/** Returns everything that the result of a URL depends on and that may differ in the next call, as JSON. */
function inputsOf({ url, records, stated, issuers, entry, isProbe }: Target): readonly unknown[] {
  return [
    url,
    isProbe,
    stated,
    issuers?.map(({ artefact }) => [artefact.name, sha256Of(artefact.bytes)]),
    records.map((record) => [record.sha256, record.keyIdentifier, record.owner, record.name, disclosedBy(record)]),
    entry,
    entry?.file === undefined ? undefined : changeOf(entry.file),
  ];
}

/** Returns the size and the time of the last change of a file; undefined if it cannot be read. */
function changeOf(path: string): readonly number[] | undefined {
  try {
    const { size, mtimeMs } = statSync(path);
    return [size, mtimeMs];
  } catch {
    return undefined;
  }
}

/** Returns the fields of a CRL that the history keeps; undefined if the object is not a CRL. */
function factsOf({ facts, sha256 = "", entries }: Run): KeptFacts | undefined {
  if (facts === undefined) return undefined;
  const { number, thisUpdate, nextUpdate, size } = facts;
  return {
    sha256,
    ...(number !== undefined && { number }),
    ...(thisUpdate !== undefined && { thisUpdate: Date.parse(thisUpdate) / 1000 }),
    ...(nextUpdate !== undefined && { nextUpdate: Date.parse(nextUpdate) / 1000 }),
    size,
    entries,
  };
}

function urlProblem(url: string): string | undefined {
  try {
    checkUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Returns the run of a record, undecided if it discloses CRLs in a field that cannot be read. */
function withUnread(run: Run, record: CaRecord, options: LintOptions): Run {
  const { place } = record;
  const unread = unreadFieldsOf(record);
  if (unread.length === 0) return run;
  const finding = withoutCites({
    rule: notFetchedRule,
    severity: "error",
    message: `no CRL is requested for ${unread.map(({ column }) => `"${column}"`).join(" and ")}, which cannot be read`,
    location: { file: place, path: "", offset: 0, length: 0 },
    notes: [`record: ${place}`],
    help: 'correct the field in the CCADB: ["http://crl.example.com/1.crl"]; until then, watch its URLs with --urls too',
  });
  return withVerdict({ ...run, judged: false, findings: [...run.findings, finding] }, options);
}

/** Returns the finding for a URL to which no request can be sent. */
function notFetched(url: string, why: string): OwnFinding {
  const help = "correct the URL in the record or the list; for other protocols, give the CRL with --manifest";
  return { rule: notFetchedRule, severity: "error", message: why, file: escapePath(url), help };
}

/** Replaces the help of a finding with advice for a call of the monitor. */
function helpHere(finding: Finding): Finding {
  if (!finding.rule.startsWith("crllint/no-issuer")) return finding;
  return { ...finding, help: "add the CCADB report that has its certificate to --ccadb, or give it with --issuers" };
}

function tooLate(url: string): OwnFinding {
  return {
    rule: notFetchedRule,
    severity: "error",
    message: "not fetched: the time for a round is up",
    file: escapePath(url),
    help: "raise --round-timeout or --concurrency, or watch a part with --shard",
  };
}

function namesOf(record: CaRecord | undefined): Pick<Result, "owner" | "ca"> {
  return { owner: escapeText(record?.owner ?? ""), ca: escapeText(record?.name ?? "") };
}
