import { withoutCites } from "../rule/without-cites.ts";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Aspect } from "../rule/aspects.ts";
import type { ConfiguredSuppression } from "../config/read-config.ts";
import { readBaseline } from "../config/baseline.ts";
import { locateIn } from "../config/problem.ts";
import { formatCount } from "../rule/format-count.ts";
import { type Finding, type Run, withoutCrl } from "../rule/report.ts";
import { matchesPattern } from "../lint/select.ts";
import {
  isExpired,
  type KnownFinding,
  suppress,
  type Suppression,
  type SuppressionPlan,
  whyUnbound,
} from "../lint/suppress.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Part } from "../options/type.ts";
import { groupBy } from "../der/group-by.ts";
import { configError, isUrl, type LoadedConfig, pathFrom, readSettings } from "./configure.ts";

/** A suppression of the configuration, limited to the files that it applies to. */
interface Bound extends Suppression {
  readonly from: ConfiguredSuppression;
}

/** A baseline, with its name in reports. */
export interface LoadedBaseline {
  readonly name: string;
  readonly entries: readonly KnownFinding[];
}

/**
 * Reads a baseline.
 *
 * @throws ConfigError if it is not a baseline
 * @throws UsageError if it cannot be read
 */
export async function loadBaseline(path: string): Promise<LoadedBaseline> {
  const { name, text } = await readSettings(path);
  const result = readBaseline(text);
  if ("problems" in result) throw await configError(name, text, result.problems);
  return { name, entries: result.entries };
}

/** Marks suppressed findings in runs, and reports at the end the suppressions that no longer match anything. */
export class Suppressor {
  readonly #config: LoadedConfig | undefined;
  readonly #baseline: LoadedBaseline | undefined;
  readonly #plan: SuppressionPlan<Bound>;
  readonly #expired: readonly ConfiguredSuppression[];
  readonly #used = new Set<Bound | KnownFinding>();
  readonly #idle = new Set<Bound | KnownFinding>();

  /**
   * @param now the time to lint as of, in seconds since 1970
   * @param expects inputs with which the call states what it expects
   */
  constructor(
    config: LoadedConfig | undefined,
    baseline: LoadedBaseline | undefined,
    now: number | undefined,
    expects: readonly Aspect[] = [],
  ) {
    this.#config = config;
    this.#baseline = baseline;
    const all = config?.suppressions ?? [];
    this.#expired = all.filter((suppression) => isExpired(bare(suppression), now));
    const entries = baseline?.entries ?? [];
    this.#plan = {
      rules: new Map(loadableRules.map((rule) => [rule.id, rule])),
      suppressions: all
        .filter((suppression) => !this.#expired.includes(suppression))
        .map((suppression) => bind(suppression, config?.folder ?? "")),
      baseline: groupBy(entries, ({ issuerSha256 }) => issuerSha256),
      baselineOfCa: groupBy(
        entries.filter((entry) => entry.caSha256 !== undefined),
        ({ caSha256 = "" }) => caSha256,
      ),
      expects,
      baselineReason: `in the baseline ${baseline?.name ?? ""}`,
    };
  }

  /** Returns a run with its findings marked. */
  mark(run: Run): Run {
    const marked = suppress(run, this.#plan);
    for (const item of marked.used) this.#used.add(item);
    for (const item of marked.idle) this.#idle.add(item);
    return marked.run;
  }

  /**
   * Returns runs with their findings marked as they arrive, and then the suppressions that no longer match anything.
   */
  async *markAll(runs: Iterable<Run> | AsyncIterable<Run>, shard: Part | undefined): AsyncIterable<Run> {
    for await (const run of runs) yield this.mark(run);
    yield* this.close(shard);
  }

  /** Returns the entries of the baseline that no longer match anything, as far as the runs show. */
  idleEntries(): ReadonlySet<KnownFinding> {
    const entries = this.#baseline?.entries ?? [];
    return new Set(entries.filter((entry) => this.#idle.has(entry) && !this.#used.has(entry)));
  }

  /**
   * Reports suppressions that no longer match anything, as findings in their files. If the inputs are split into parts,
   * no part reports unused suppressions, since another part may use them. The first part reports expired ones.
   */
  *close(shard?: Part): Iterable<Run> {
    const config = this.#config;
    if (config !== undefined && (shard === undefined || shard.index === 1)) {
      const unused = shard === undefined ? this.#plan.suppressions.filter((item) => !this.#used.has(item)) : [];
      const findings = [
        ...this.#expired.map((item) => expired(item, config)),
        ...unused.filter((item) => this.#idle.has(item)).map(({ from }) => foundNothing(from, config)),
        ...unused.filter(({ from }) => namesOnlyMissingFiles(from, config)).map(({ from }) => noSuchFile(from, config)),
      ].sort((a, b) => a.location.offset - b.location.offset);
      if (findings.length > 0) yield runAbout(config.name, findings);
    }
    const idle = shard === undefined ? this.idleEntries().size : 0;
    const baseline = this.#baseline;
    if (baseline !== undefined && idle > 0) yield runAbout(baseline.name, [unusedEntries(baseline, idle)]);
  }
}

/** Returns a suppression without the properties that only the file of settings has. */
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
  return about(item, config, {
    rule: "crllint/suppression-expired",
    message: `the suppression of ${item.rule} has expired: it held until ${item.until ?? ""}`,
    help: "fix the finding, or set a later `until` date",
  });
}

/** Whether a suppression names only files, and none of them exists. */
function namesOnlyMissingFiles({ crl }: ConfiguredSuppression, { folder }: LoadedConfig): boolean {
  const isGone = (pattern: string): boolean => !isUrl(pattern) && !existsSync(resolve(folder, pattern));
  return crl.length > 0 && crl.every(({ isLiteral, pattern }) => isLiteral && isGone(pattern));
}

function noSuchFile(item: ConfiguredSuppression, config: LoadedConfig): Finding {
  return about(item, config, {
    rule: "crllint/suppression-unused",
    message: `the suppression of ${item.rule} names a CRL that does not exist`,
    help: "remove it from the configuration",
  });
}

function foundNothing(item: ConfiguredSuppression, config: LoadedConfig): Finding {
  return about(item, config, {
    rule: "crllint/suppression-unused",
    message: `the suppression of ${item.rule} matches nothing: the rule was run, and reported nothing that it suppresses`,
    notes: unboundRules(item),
    help: "remove it from the configuration",
  });
}

/** Returns a note for each rule that a suppression matches, but cannot apply to because it lacks digests. */
function unboundRules(item: ConfiguredSuppression): readonly string[] {
  return loadableRules.flatMap((rule) => (matchesPattern(rule, item.rule) ? (whyUnbound(rule, item) ?? []) : []));
}

/** Returns a warning about a suppression, at its place in the configuration. */
function about(
  { at, path, reason }: ConfiguredSuppression,
  { name, text }: LoadedConfig,
  { notes = [], ...finding }: Pick<Finding, "rule" | "message" | "help"> & Partial<Pick<Finding, "notes">>,
): Finding {
  const from = locateIn(text, at.start);
  const encoder = new TextEncoder();
  const location = {
    file: name,
    path: `${path}.rule`,
    offset: encoder.encode(text.slice(0, at.start)).length,
    length: encoder.encode(text.slice(at.start, at.end)).length,
    pem: { ...from, endLine: from.line, endColumn: from.column + at.end - at.start },
  };
  return withoutCites({ ...finding, severity: "warning", location, notes: [`its reason was: ${reason}`, ...notes] });
}

function unusedEntries({ name, entries }: LoadedBaseline, count: number): Finding {
  const verb = count === 1 ? "matches" : "match";
  return withoutCites({
    rule: "crllint/baseline-unused",
    severity: "notice",
    message: `${formatCount(count)} of ${formatCount(entries.length)} entries no longer ${verb} any finding`,
    location: { file: name, path: "", offset: 0, length: 0 },
    help: "remove them: crllint baseline --prune",
  });
}

/** Returns a run with findings about a file of settings. */
function runAbout(file: string, findings: readonly Finding[]): Run {
  return {
    crl: file,
    form: "crl",
    verdict: "pass",
    judged: true,
    ...withoutCrl,
    profiles: [],
    findings,
    rules: [],
  };
}
