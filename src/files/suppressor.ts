import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ConfiguredSuppression } from "../config/read-config.ts";
import { groupByIssuer, readBaseline } from "../config/baseline.ts";
import { locateIn } from "../config/problem.ts";
import { formatCount } from "../rule/format-count.ts";
import type { Finding, Run } from "../rule/report.ts";
import { isExpired, type KnownFinding, suppress, type Suppression, type SuppressionPlan } from "../lint/suppress.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Part } from "./part.ts";
import { configError, isUrl, type LoadedConfig, pathFrom, readSettings, vocabulary } from "./configure.ts";

/** A suppression of the configuration, bound to the files that it is about. */
interface Bound extends Suppression {
  readonly from: ConfiguredSuppression;
}

/** A baseline, and what it is called. */
export interface LoadedBaseline {
  readonly name: string;
  readonly entries: readonly KnownFinding[];
}

/**
 * Reads a baseline.
 *
 * @throws ConfigError where it is none
 * @throws UsageError where it cannot be read
 */
export async function loadBaseline(path: string): Promise<LoadedBaseline> {
  const { name, text } = await readSettings(path);
  const result = readBaseline(text, vocabulary.suggest);
  if ("problems" in result) throw await configError(name, text, result.problems);
  return { name, entries: result.entries };
}

/** Marks findings that are suppressed, run by run, and says at the end what is of no use any more. */
export class Suppressor {
  readonly #config: LoadedConfig | undefined;
  readonly #baseline: LoadedBaseline | undefined;
  readonly #plan: SuppressionPlan<Bound>;
  readonly #expired: readonly ConfiguredSuppression[];
  readonly #used = new Set<Bound | KnownFinding>();
  readonly #idle = new Set<Bound | KnownFinding>();

  /** @param now the moment to judge at, in seconds since 1970 */
  constructor(config: LoadedConfig | undefined, baseline: LoadedBaseline | undefined, now: number | undefined) {
    this.#config = config;
    this.#baseline = baseline;
    const all = config?.suppressions ?? [];
    this.#expired = all.filter((suppression) => isExpired(bare(suppression), now));
    this.#plan = {
      rules: new Map(loadableRules.map((rule) => [rule.id, rule])),
      suppressions: all
        .filter((suppression) => !this.#expired.includes(suppression))
        .map((suppression) => bind(suppression, config?.folder ?? "")),
      baseline: groupByIssuer(baseline?.entries ?? []),
      baselineReason: `in the baseline ${baseline?.name ?? ""}`,
    };
  }

  /** A run with its findings marked. */
  mark(run: Run): Run {
    const marked = suppress(run, this.#plan);
    for (const item of marked.used) this.#used.add(item);
    for (const item of marked.idle) this.#idle.add(item);
    return marked.run;
  }

  /** Runs with their findings marked while they come, and behind them what is of no use any more. */
  async *markAll(runs: Iterable<Run> | AsyncIterable<Run>, part: Part | undefined): AsyncIterable<Run> {
    for await (const run of runs) yield this.mark(run);
    yield* this.close(part);
  }

  /** Entries of the baseline that match nothing any more, as far as the runs tell. */
  idleEntries(): ReadonlySet<KnownFinding> {
    const entries = this.#baseline?.entries ?? [];
    return new Set(entries.filter((entry) => this.#idle.has(entry) && !this.#used.has(entry)));
  }

  /**
   * What is of no use any more, as findings in the files that hold it. One of several parts of the inputs cannot tell
   * what is unused, since another part may use it; what has expired is told by the first.
   */
  *close(part?: Part): Iterable<Run> {
    const config = this.#config;
    if (config !== undefined && (part === undefined || part.index === 1)) {
      const unused = part === undefined ? this.#plan.suppressions.filter((item) => !this.#used.has(item)) : [];
      const findings = [
        ...this.#expired.map((item) => expired(item, config)),
        ...unused.filter((item) => this.#idle.has(item)).map(({ from }) => foundNothing(from, config)),
        ...unused.filter(({ from }) => isAboutNothing(from, config)).map(({ from }) => noSuchFile(from, config)),
      ].sort((a, b) => a.location.offset - b.location.offset);
      if (findings.length > 0) yield runAbout(config.name, findings);
    }
    const idle = part === undefined ? this.idleEntries().size : 0;
    const baseline = this.#baseline;
    if (baseline !== undefined && idle > 0) yield runAbout(baseline.name, [unusedEntries(baseline, idle)]);
  }
}

/** A suppression without what only the file of settings knows. */
function bare({
  rule,
  reason,
  until,
  sha256,
  issuerSha256,
  caSha256,
}: ConfiguredSuppression): Omit<Suppression, "crl"> {
  return {
    rule,
    reason,
    ...(until === undefined ? {} : { until }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(issuerSha256 === undefined ? {} : { issuerSha256 }),
    ...(caSha256 === undefined ? {} : { caSha256 }),
  };
}

function bind(from: ConfiguredSuppression, folder: string): Bound {
  const { crl } = from;
  if (crl.length === 0) return { ...bare(from), from };
  const matches = (name: string): boolean => crl.some((glob) => glob.matches(pathFrom(folder, name)));
  return { ...bare(from), crl: matches, from };
}

function expired(item: ConfiguredSuppression, config: LoadedConfig): Finding {
  return {
    ...about(item, config),
    rule: "crllint/suppression-expired",
    message: `the suppression of ${item.rule} has expired: it held until ${item.until ?? ""}`,
    help: "mend what it was about, or agree on another day",
  };
}

/** Whether a suppression names files alone, and none of them is there. */
function isAboutNothing({ crl }: ConfiguredSuppression, { folder }: LoadedConfig): boolean {
  const isGone = (pattern: string): boolean => !isUrl(pattern) && !existsSync(resolve(folder, pattern));
  return crl.length > 0 && crl.every(({ isLiteral, pattern }) => isLiteral && isGone(pattern));
}

function noSuchFile(item: ConfiguredSuppression, config: LoadedConfig): Finding {
  return {
    ...about(item, config),
    rule: "crllint/suppression-unused",
    message: `the suppression of ${item.rule} is about no file: the CRL that it names is not there`,
    help: "take it out of the configuration",
  };
}

function foundNothing(item: ConfiguredSuppression, config: LoadedConfig): Finding {
  return {
    ...about(item, config),
    rule: "crllint/suppression-unused",
    message: `the suppression of ${item.rule} matches nothing: the rule was judged, and found nothing to suppress`,
    help: "take it out of the configuration",
  };
}

function about({ at, path, reason }: ConfiguredSuppression, { name, text }: LoadedConfig) {
  const from = locateIn(text, at.start);
  const encoder = new TextEncoder();
  const location = {
    file: name,
    path: `${path}.rule`,
    offset: encoder.encode(text.slice(0, at.start)).length,
    length: encoder.encode(text.slice(at.start, at.end)).length,
    pem: { ...from, endLine: from.line, endColumn: from.column + at.end - at.start },
  };
  return { severity: "warning" as const, location, related: [], cites: [], notes: [`its reason was: ${reason}`] };
}

function unusedEntries({ name, entries }: LoadedBaseline, count: number): Finding {
  const verb = count === 1 ? "entry matches" : "entries match";
  return {
    rule: "crllint/baseline-unused",
    severity: "notice",
    message: `${formatCount(count)} of ${formatCount(entries.length)} ${verb} nothing any more`,
    location: { file: name, path: "", offset: 0, length: 0 },
    related: [],
    cites: [],
    notes: [],
    help: "take them out: crllint baseline --prune",
  };
}

/** A run that holds what is said of a file of settings. */
function runAbout(file: string, findings: readonly Finding[]): Run {
  return {
    crl: file,
    form: "crl",
    verdict: "pass",
    judged: true,
    core: [],
    scope: { kind: "unknown", evidence: "no CRL" },
    profiles: [],
    entries: 0,
    signature: { verdict: "not-checked", why: "no CRL" },
    findings,
    rules: [],
  };
}
