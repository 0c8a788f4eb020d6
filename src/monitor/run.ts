import { readCrl } from "../crl/read.ts";
import { contents, hex } from "../der/span.ts";
import { type Copy, CopyStore } from "../fetch/copy-store.ts";
import { checkUrl } from "../fetch/check-url.ts";
import { getWith, type Limits, type Progress } from "../fetch/http-get.ts";
import { keeping } from "../fetch/keeping.ts";
import { type FetchedCrl, obtainAll, type Obtaining, readServed } from "../fetch/obtain.ts";
import { escapePath } from "../files/escape-path.ts";
import type { Candidate } from "../files/lint-file.ts";
import { type OwnFinding, ownRun } from "../files/own-run.ts";
import type { World } from "../files/world.ts";
import { type Ccadb, disclosedBy } from "../given/ccadb.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { lintRecord } from "../lint/lint-record.ts";
import { lintOne, type LintOptions } from "../lint/lint.ts";
import { escapeText } from "../name/escape.ts";
import { type AsOf, fixedTime } from "../options/time.ts";
import { UsageError } from "../options/usage-error.ts";
import type { Run, RunVerdict } from "../rule/report.ts";
import { withVerdict } from "../rule/verdict.ts";
import { loadableRules as rules } from "../rules/heads.ts";
import { version } from "../version.ts";
import { answerOf } from "./manifest.ts";
import { compareRuns, jsonOf, renderChanges, verdictOn } from "./report.ts";
import type { MonitorState, OpenRun, Result } from "./state.ts";
import type { Issuers, Target } from "./targets.ts";

/** What one run of the monitor may cost, and its directory. */
export interface MonitorOptions extends Limits {
  readonly out: string;
  /** Maximum number of requests at the same time. */
  readonly concurrency: number;
}

/** What a run of the monitor works with. */
export interface MonitorInputs {
  readonly options: LintOptions;
  readonly issuers: Issuers;
  /** Where the CA of a CRL is looked for if `issuers` has none. */
  readonly issuerStore: IssuerStore | undefined;
  readonly ccadb: Ccadb | undefined;
  readonly store: CopyStore;
  readonly state: MonitorState;
  readonly targets: readonly Target[];
  /** The time to lint as of that was given; undefined for the clock. */
  readonly asOf: AsOf | undefined;
}

/** One run of the monitor. */
export class MonitorRun {
  readonly #options: MonitorOptions;
  readonly #world: Pick<World, "now">;
  readonly #inputs: MonitorInputs;
  readonly #progress: Progress;

  constructor(options: MonitorOptions, world: Pick<World, "now">, progress: Progress, inputs: MonitorInputs) {
    this.#options = options;
    this.#world = world;
    this.#inputs = inputs;
    this.#progress = progress;
  }

  /**
   * Fetches and lints everything, and stores the results and the report.
   *
   * @returns the verdict on all results, and the report as text
   * @throws UsageError if the directory cannot be written
   */
  async run(): Promise<{ readonly verdict: RunVerdict; readonly text: string }> {
    const { state, options, targets } = this.#inputs;
    const { out } = this.#options;
    const { verifier, now: _, ...settings } = options;
    const stored = this.#inputs.issuerStore?.artefacts.map(({ bytes }) => verifier?.sha256(bytes));
    const urls = targets.map(({ url }) => url);
    const how = JSON.stringify({ ...settings, now: this.#inputs.asOf, urls, stored, version });
    const open = keeping(out, () => state.begin(this.#world.now(), how));
    const fetched: Result[] = [];
    for (let at = 0; at < targets.length; at += this.#batch) {
      fetched.push(...(await this.#lintTargets(targets.slice(at, at + this.#batch), open.done)));
    }
    const results = [...this.#lintRecords(), ...fetched, ...(await this.#compareFull(fetched))];
    const finished = { startedAt: open.startedAt, results };
    const changes = compareRuns(finished, state.last());
    const verdict = verdictOn(results, options);
    const text = [...renderChanges(finished, verdict, changes)].join("");
    keeping(out, () => {
      state.write("report.txt", text);
      state.write("report.json", jsonOf(finished, verdict, changes));
      state.finish(finished);
    });
    return { verdict, text };
  }

  /** URLs that are fetched before they are linted: enough that a slow server does not delay all others. */
  get #batch(): number {
    return this.#options.concurrency * 4;
  }

  /** Fetches some URLs and lints the CRLs; results of an interrupted run are reused. */
  async #lintTargets(targets: readonly Target[], done: OpenRun["done"]): Promise<readonly Result[]> {
    const results = new Map<Target, Result>();
    const wanted: Target[] = [];
    for (const target of targets) {
      const before = done.get(target.url);
      const unfit = target.entry === undefined ? urlProblem(target.url) : undefined;
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
    const { store, options } = this.#inputs;
    const { maxSize, concurrency } = this.#options;
    const entries = new Map(targets.map(({ url, entry }) => [url, entry]));
    const fetchUrl = getWith(this.#options, this.#progress, this.#world.now);
    const ask: Obtaining["ask"] = async (url, validators) => {
      const entry = entries.get(url);
      if (entry !== undefined) return answerOf(entry);
      return fetchUrl(url, validators);
    };
    const urls = targets.map(({ url }) => url);
    return obtainAll(urls, { ask, store, maxSize, limits: options.limits }, concurrency);
  }

  /** Lints what a URL returned. The result is stored before the copy is replaced: no comparison is lost in between. */
  #settle(target: Target, obtained: FetchedCrl | OwnFinding): Result {
    const { state, options } = this.#inputs;
    const isCandidate = "candidate" in obtained;
    const run = isCandidate
      ? this.#lint(target, obtained.candidate)
      : ownRun(obtained, "crl", options.selection.profiles);
    const result = resultOf(run, target.records.map(nameOf)[0] ?? "");
    keeping(this.#options.out, () => {
      state.keep(target.url, result);
      if (isCandidate) obtained.keep();
    });
    return result;
  }

  #lint({ url, records }: Target, candidate: Candidate): Run {
    const { options, issuers, issuerStore } = this.#inputs;
    const { object } = candidate;
    const crl = object.kind === "crl" ? readCrl(object.artefact.bytes, "crl", options) : undefined;
    const key = crl?.authorityKeyIdentifier?.keyIdentifier;
    const [record] = records;
    // The record itself is linted once, not with each of its CRLs.
    const disclosedUrls = record && disclosedBy(record);
    return lintOne(
      rules,
      {
        ...candidate,
        url,
        form: "crl",
        issuers: issuers.of(records, crl && key && hex(contents(crl.source.bytes, key))),
        issuersChosen: true,
        ...(issuerStore && { issuerStore }),
        others: [],
        ...(disclosedUrls && { disclosedUrls }),
      },
      options,
    );
  }

  #lintRecords(): readonly Result[] {
    const { ccadb, options, asOf } = this.#inputs;
    if (ccadb === undefined) return [];
    const now = fixedTime(asOf, this.#world.now);
    return ccadb.records
      .filter((record) => record.isInUse(now))
      .map((record) =>
        resultOf(lintRecord(rules, { record, siblings: ccadb.siblings(record) }, options), nameOf(record)),
      );
  }

  /** Compares the CRLs of records that disclose several URLs of one full CRL, if all of them were fetched this time. */
  async #compareFull(fetched: readonly Result[]): Promise<readonly Result[]> {
    const { ccadb, options, store } = this.#inputs;
    const selection = { ...options.selection, select: ["transport/ccadb-full-crl-differs"] };
    const only = { ...options, selection, noIssuer: "each of the CRLs is compared with its CA by itself" };
    if (options.selection.select.length > 0) return [];
    const crls = new Set(fetched.filter(({ core }) => core.length > 0).map(({ subject }) => subject));
    const results: Result[] = [];
    for (const record of ccadb?.records ?? []) {
      const urls = [...new Set(record.full.flatMap((field) => field.urls ?? []))];
      const copies = urls.flatMap((url) => (crls.has(escapePath(url)) ? (store.load(url) ?? []) : []));
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
      if (own.length === 0) continue;
      results.push(resultOf(withVerdict({ ...run, core: [], findings: own }, options), nameOf(record)));
    }
    return results;
  }

  async #readCopy({ transport, body }: Copy) {
    const { maxSize } = this.#options;
    return (await readServed(transport, body, { maxSize, limits: this.#inputs.options.limits })).object;
  }
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

/** The rules for records report a URL that cannot be fetched; here it is only left out. */
function notFetched(url: string, why: string): OwnFinding {
  const help = "see the findings on the record that discloses it";
  return { rule: "crllint/not-fetched", severity: "warning", message: why, file: escapePath(url), help };
}

function nameOf({ owner, name }: { readonly owner: string; readonly name: string }): string {
  return [owner, name]
    .filter((text) => text !== "")
    .map((text) => escapeText(text))
    .join(", ");
}

function resultOf({ crl, verdict, judged, core, sha256, entries, findings }: Run, ca: string): Result {
  return {
    subject: crl,
    ca,
    verdict,
    judged,
    core,
    ...(sha256 !== undefined && { sha256 }),
    entries,
    findings: findings.map(({ rule, severity, message, location, notes, help }) => {
      return { rule, severity, message, path: location.path, notes, help };
    }),
  };
}
