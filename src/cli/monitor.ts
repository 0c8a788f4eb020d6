import { join } from "node:path";
import { sleepUntil } from "../fetch/abort.ts";
import { CopyStore } from "../fetch/copy-store.ts";
import { keeping } from "../fetch/keeping.ts";
import { bindNames } from "../files/bind-files.ts";
import { checkedOptions } from "../files/checked-options.ts";
import { type Configured, settingsFiles } from "../files/configure.ts";
import { readIssuers } from "../files/gather.ts";
import { makeDirectory } from "../files/make-directory.ts";
import { markSuppressed } from "../files/mark-suppressed.ts";
import type { OwnFinding } from "../files/own-run.ts";
import { cannotRead } from "../files/cannot-read.ts";
import { Reader } from "../files/read-files.ts";
import { belongsTo } from "../files/shard.ts";
import { reasonOf } from "../files/system-error.ts";
import { writeNamed } from "../files/write-whole.ts";
import { unreadFieldsOf } from "../given/ccadb.ts";
import { IssuerStore } from "../given/issuer-store.ts";
import type { LintOptions } from "../lint/lint.ts";
import { readExports } from "../monitor/exports.ts";
import { type Changes, History } from "../monitor/history.ts";
import { Lease, type LeaseWorld } from "../monitor/lease.ts";
import { type ManifestEntry, readResponseList } from "../monitor/manifest.ts";
import { renderMetrics } from "../monitor/metrics.ts";
import { jsonOf, newnessIn, renderChanges, runsOf } from "../monitor/report.ts";
import { type Result, verdictOn, withVerdicts } from "../monitor/results.ts";
import { runRound, type WholeRound } from "../monitor/run.ts";
import { MonitorState } from "../monitor/state.ts";
import { findProbes, findTargets, partKeyOf, readUrls, type Target } from "../monitor/targets.ts";
import { announce } from "../monitor/announce.ts";
import { parseDuration } from "../options/duration.ts";
import { fixedTime } from "../options/time.ts";
import { UsageError } from "../options/usage-error.ts";
import { partOfJob } from "./part-of-job.ts";
import { type Flags, libraryOptionsFrom, pathsIn, type PathOptions } from "../options/values.ts";
import type { Run } from "../rule/report.ts";
import { exitCodes } from "../rule/verdict.ts";
import { writeReports } from "./finish.ts";
import type { ExitCode, Io } from "./io.ts";
import { readStoreOf } from "./issuers.ts";
import { FetchProgress } from "./progress.ts";
import { checkReportFiles } from "./report-files.ts";

type MonitorCall = Configured<Flags<"monitor">>;

/** The parts of the process that a round uses. */
interface MonitorWorld extends LeaseWorld {
  /** Aborted when the process must end. */
  readonly stop: AbortSignal;
}

/** Part of the time between two rounds by which it varies, so many monitors do not send requests at the same time. */
const jitter = 0.1;

/**
 * Fetches all CRLs that the CCADB discloses, or those of a list or a manifest. Lints each CRL and how it is served, and
 * reports what is new since the last round. Keeps everything in one directory, and resumes an interrupted round.
 *
 * @throws UsageError if an input is invalid, the directory cannot be written, or another monitor uses it
 */
export async function monitor(given: MonitorCall, io: Io): Promise<ExitCode> {
  const { shard = partOfJob(io.env) } = given.flags;
  const call = { ...given, flags: { ...given.flags, ...(shard && { shard }) } };
  const { flags } = call;
  const outputs = flags.metrics === undefined ? [] : [flags.metrics];
  checkReportFiles(flags.report ?? [], [...pathsIn(flags), ...settingsFiles(call)], outputs);
  const { out, every } = flags;
  keeping(out, () => makeDirectory(out));
  const ending = new Ending();
  const world: MonitorWorld = {
    now: io.now,
    sleep: (seconds) => pause(seconds, io, ending.signal),
    stop: ending.signal,
  };
  const lease = await Lease.take(out, { now: io.now, sleep: (seconds) => wholePause(seconds, world) });
  const latest: Latest = { metrics: undefined, endedAt: performance.now() };
  const close = await openServer(flags, latest, io).catch((error: unknown) => {
    lease.release();
    throw error;
  });
  try {
    const state = new MonitorState(out, lease);
    for (let isFirst = true; ; isFirst = false) {
      const code = await new Round(call, io, world, state, latest)
        .run()
        .then((ended) => {
          // A round that failed does not count: the health check reports that no round has ended.
          latest.endedAt = performance.now();
          return ended;
        })
        .catch(async (error: unknown): Promise<ExitCode> => {
          // An export may be in the middle of being replaced. The next round can read it.
          if (isFirst || !(error instanceof UsageError)) throw error;
          lease.check();
          await io.writeError(`error: ${error.message}\n`);
          return 2;
        });
      if (every === undefined || ending.signal.aborted) return code;
      const seconds = parseDuration(every) ?? 0;
      await world.sleep(seconds * (1 + jitter * (Math.random() - 0.5)));
      if (ending.signal.aborted) return code;
    }
  } finally {
    close();
    ending.forget();
    lease.release();
  }
}

/** Results of the last round for programs that request them. */
interface Latest {
  metrics: string | undefined;
  /** Time in milliseconds, by a monotonic clock. */
  endedAt: number;
}

/** Milliseconds by which a round may be late, however short the time between two rounds is. */
const grace = 60_000;

/**
 * Starts the server for metrics and health checks, if --listen is given.
 *
 * @returns a function that stops the server
 * @throws UsageError if it cannot listen
 */
async function openServer({ listen: address, every }: Flags<"monitor">, latest: Latest, io: Io): Promise<() => void> {
  if (address === undefined) return () => {};
  if (every === undefined) throw new UsageError("--listen requires --every");
  // A round may take as long as the time between two rounds.
  const limit = (parseDuration(every) ?? 0) * 2000 + grace;
  const isHealthy = (): boolean => performance.now() - latest.endedAt < limit;
  const { listen } = await import("../monitor/listen.ts");
  const { server, shown } = await listen(address, { metrics: () => latest.metrics, isHealthy });
  await io.writeError(`listening on ${shown}\n`);
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Handles signals that end the process, so a round ends after its current URL. The second signal ends the process at
 * once.
 */
class Ending {
  readonly #controller = new AbortController();
  readonly #end = (): void => {
    this.forget();
    this.#controller.abort();
  };

  constructor() {
    for (const name of signals) process.on(name, this.#end);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  forget(): void {
    for (const name of signals) process.off(name, this.#end);
  }
}

/** Waits for some seconds, or until the process must end. */
async function pause(seconds: number, { sleep }: Pick<Io, "sleep">, stop: AbortSignal): Promise<void> {
  if (sleep !== undefined) return sleep(seconds);
  return sleepUntil(seconds, stop);
}

/**
 * Waits for some seconds. A pause that is cut short must not look like one in which the holder of a lease was silent.
 *
 * @throws UsageError if the process must end
 */
async function wholePause(seconds: number, { sleep, stop }: MonitorWorld): Promise<void> {
  await sleep(seconds);
  if (stop.aborted) throw new UsageError("ended by a signal");
}

/** Collects what failed, so one output that cannot be written does not prevent the others. */
class Faults {
  readonly all: string[] = [];

  /** Adds escaped messages. */
  add(messages: readonly string[]): void {
    this.all.push(...messages);
  }

  /** Does some work. If it fails, adds the reason. */
  async of(what: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.add([error instanceof UsageError ? error.message : `${what}: ${reasonOf(error)}`]);
    }
  }
}

/** One round: its inputs, its results, and where they are written. */
class Round {
  readonly #call: MonitorCall;
  readonly #io: Io;
  readonly #world: MonitorWorld;
  readonly #state: MonitorState;
  readonly #latest: Latest;
  readonly #options: LintOptions;
  readonly #reader: Reader;

  constructor(call: MonitorCall, io: Io, world: MonitorWorld, state: MonitorState, latest: Latest) {
    this.#call = call;
    this.#io = io;
    this.#world = world;
    this.#state = state;
    this.#latest = latest;
    this.#options = checkedOptions(this.#given, io);
    this.#reader = new Reader(io, call.flags.stdinName, this.#options.limits);
  }

  get #given(): PathOptions {
    const { flags, core } = this.#call;
    // The CCADB reports are not a single file, as they are for other commands.
    return { ...libraryOptionsFrom({ ...flags, ccadb: undefined }), ...core };
  }

  async run(): Promise<ExitCode> {
    const { flags } = this.#call;
    const inputs = await this.#open();
    const progress = new FetchProgress(this.#io, inputs.targets.length);
    const seconds = flags.roundTimeout === undefined ? undefined : parseDuration(flags.roundTimeout);
    const round = await runRound({ ...flags, seconds }, this.#world, progress, inputs).finally(() => progress.clear());
    if (round === undefined) {
      await this.#io.writeError("ended by a signal: the next call continues this round\n");
      return 2;
    }
    return this.#finish({ ...round, results: withVerdicts(await this.#markSuppressed(round.results), this.#options) });
  }

  async #open() {
    const { flags } = this.#call;
    const { ccadb: reports, urls, manifest: listing, issuers: stores = [], out, now, shard, probeShards } = flags;
    if (reports === undefined && listing === undefined && urls === undefined) {
      throw new UsageError("give --ccadb, --urls or --manifest");
    }
    if (probeShards === true && (reports === undefined || listing !== undefined || urls !== undefined)) {
      throw new UsageError("--probe-shards requires --ccadb, without --urls and --manifest");
    }
    const exports = reports && (await readExports(reports));
    const paths = [...(exports?.certificates ?? []), ...stores];
    const { limits } = this.#options;
    const issuers =
      (await readStoreOf(paths.length === 0 ? undefined : paths, limits, this.#io)) ?? new IssuerStore(limits);
    await this.#addGiven(issuers);
    const manifest = listing === undefined ? undefined : await this.#readResponseList(listing);
    const lists = { manifest, listed: urls === undefined ? undefined : readUrls(urls) };
    const at = fixedTime(now, this.#io.now);
    const watched = findTargets(exports?.ccadb, lists, at);
    const probes = probeShards === true && exports !== undefined ? findProbes(exports.ccadb, at) : [];
    const found = [...watched, ...probes];
    const own = found.filter(({ url, records: [record] }) => belongsTo(shard, partKeyOf(record, url)));
    const targets = await this.#bind(own);
    // A record whose URLs cannot be read is undecided, and its finding states more.
    const isUnread = exports?.ccadb.records.some((each) => each.isInUse(at) && unreadFieldsOf(each).length > 0);
    if (found.length === 0 && isUnread !== true)
      throw new UsageError("no URL to watch: no record that is in use discloses one");
    const copies = keeping(out, () => new CopyStore(join(out, "copies")));
    const { stop } = this.#world;
    return {
      options: this.#options,
      issuers,
      ccadb: exports?.ccadb,
      copies,
      state: this.#state,
      targets,
      isWhole: listing === undefined && urls === undefined,
      asOf: now,
      part: shard,
      stop,
    };
  }

  /** Adds the certificates that --issuer names to the store of issuers. */
  async #addGiven(issuers: IssuerStore): Promise<void> {
    const { verifier } = this.#options;
    const findings: OwnFinding[] = [];
    const given = (await readIssuers(this.#given.issuer, this.#reader, verifier, findings)) ?? [];
    const [first] = findings;
    if (first !== undefined) throw new UsageError(`${first.file}: ${first.message}`);
    for (const { artefact } of given) {
      const sha256 = verifier?.sha256(artefact.bytes) ?? "";
      if (issuers.withDigest(sha256).length === 0) issuers.add(artefact, sha256);
    }
  }

  async #readResponseList(path: string): Promise<readonly ManifestEntry[]> {
    const content = await this.#reader.read(path);
    if ("fault" in content) throw cannotRead(content.name, content.fault);
    const read = readResponseList(path, content.bytes);
    if ("fault" in read) throw new UsageError(`${content.name}: ${read.fault}`);
    return read;
  }

  /** Adds the settings of the configuration to each URL. */
  async #bind(targets: readonly Target[]): Promise<readonly Target[]> {
    const { config } = this.#call;
    const names = targets.map(({ url }) => url);
    const bound = await bindNames(names, config, this.#given, this.#reader, this.#options.verifier);
    const [first] = bound.findings;
    if (first !== undefined) throw new UsageError(`${first.file}: ${first.message}`);
    return targets.map((target, i): Target => {
      const { pair, stated } = bound.settings[i] ?? {};
      const issuers = pair === undefined ? target.issuers : bound.pairs[pair];
      return { ...target, ...(issuers && { issuers }), ...(stated && { stated }) };
    });
  }

  async #markSuppressed(results: readonly Result[]): Promise<readonly Result[]> {
    const marked: Result[] = [];
    for await (const run of await markSuppressed(
      results.map((result) => result.run),
      this.#call,
      this.#io,
    )) {
      const before = results[marked.length];
      const about = before ?? { kind: "settings", owner: "", ca: "", at: this.#io.now() };
      marked.push({ ...about, run });
    }
    return marked;
  }

  async #finish({ key, startedAt, results }: WholeRound): Promise<ExitCode> {
    const { flags } = this.#call;
    const { out } = flags;
    const verdict = verdictOn(results, this.#options);
    const history = await History.open(join(out, "history.db"));
    try {
      const changes = keeping(out, () => history.add({ key, startedAt, endedAt: this.#io.now(), verdict, results }));
      const round = { startedAt, verdict, results, changes };
      const text = [...renderChanges(round)].join("");
      const measured = [...renderMetrics(round)].join("");
      this.#latest.metrics = measured;
      const { metrics, format, site } = flags;
      const faults = new Faults();
      await faults.of("report", () =>
        keeping(out, () => {
          this.#state.write("report.txt", text);
          this.#state.write("report.json", jsonOf(round));
        }),
      );
      // The history has the round: it has ended, and is announced, even if other files cannot be written.
      keeping(out, () => this.#state.finish());
      await faults.of("alerts", async () => faults.add(await announce(history, this.#state, flags, this.#world)));
      if (site !== undefined) {
        await faults.of("site", async () => {
          const { writeSite } = await import("../monitor/site.ts");
          keeping(site, () => writeSite(site, round, history));
        });
      }
      if (metrics !== undefined) await faults.of("metrics", () => writeNamed(metrics, measured));
      // The reports name their own faults.
      let areReportsWritten = false;
      await faults.of("reports", async () => {
        areReportsWritten = await this.#writeReports(runsOf(results, changes));
        if (format === "human") await this.#io.write(text);
      });
      if (faults.all.length > 0) await this.#io.writeError(faults.all.map((fault) => `error: ${fault}\n`).join(""));
      return faults.all.length === 0 && areReportsWritten ? this.#exitCode(results, changes) : 2;
    } finally {
      history.close();
    }
  }

  /** Writes reports in the formats of all commands. The human report goes to standard output separately. */
  async #writeReports(runs: readonly Run[]): Promise<boolean> {
    const { flags, core } = this.#call;
    const isHuman = flags.format === "human";
    if (isHuman && flags.report === undefined) return true;
    const faults: string[] = [];
    const io: Io = {
      ...this.#io,
      write: isHuman ? async () => true : this.#io.write,
      writeError: async (text) => {
        faults.push(text);
        return this.#io.writeError(text);
      },
    };
    await writeReports(runs, { ...flags, ...core }, io);
    return faults.length === 0;
  }

  #exitCode(results: readonly Result[], changes: Changes): ExitCode {
    const isCounted = this.#call.flags.failOnNew === true ? newnessIn(changes) : undefined;
    return exitCodes[verdictOn(results, this.#options, isCounted)];
  }
}
