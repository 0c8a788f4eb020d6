import type { LookedAt, RuleOutcome, Run, RunVerdict, Severity } from "../rule/report.ts";
import { countFindings, countingOf, countSuppressed, countMissing, limitsOfCore, type Totals } from "./counts.ts";
import { describeStatus, unusedCrl } from "../status/run.ts";
import type { Style } from "./style.ts";
import { describeSuppressed } from "./suppressed.ts";
import { countOf, formatCount } from "../rule/format-count.ts";
import { inputNotGiven } from "../rule/not-given.ts";

/** Maximum number of reasons for skips in the summary; --verbose lists every rule with its reason. */
const maximumReasons = 3;

/** Writer of the lines about CRLs. It does not repeat facts that the lines about an earlier CRL stated. */
export class RunSummaries {
  readonly #style: Style;
  readonly #verbose: boolean;
  /** The number of rules that need an input, as last stated. */
  #missing = 0;
  /** The CRL for which the rules were listed, by all outcomes. */
  readonly #listed = new Map<string, string>();

  /** @param verbose whether to list every rule, and evidence */
  constructor(style: Style, verbose: boolean) {
    this.#style = style;
    this.#verbose = verbose;
  }

  /** Returns the lines about one CRL: verdict, counts of findings and rules, and the certificate of the issuing CA. */
  *of(wholeRun: Run): Iterable<string> {
    const style = this.#style;
    const run = countingOf(wholeRun);
    if (run.certificate !== undefined) {
      const status = `${paintVerdict(run.verdict, style)}, ${describeStatus(run.certificate)}`;
      const left = run.certificate.unused.length - run.findings.filter(({ rule }) => rule === unusedCrl).length;
      yield `${run.crl}: ${status}${left > 0 ? `; ${countOf(left, "CRL")} of other issuers (-v)` : ""}`;
      return;
    }
    const suppressed = formatSuppressedCount(countSuppressed(wholeRun));
    const profile = `${describeProfile(run)}: ${this.#describeRules(run)}`;
    const verdict = `${run.crl}: ${paintVerdict(run.verdict, style)}`;
    if (run.judged && run.findings.length === 0 && run.rules.length > 0) {
      const issuer = this.#verbose || run.pairing === undefined ? "" : `; issuer ${run.pairing.certificate}`;
      yield `${verdict}, no findings${suppressed} (${profile}${issuer})`;
    } else {
      yield `${verdict}, ${listCounts(countFindings([run]), style) || "no findings"}${suppressed}`;
      if (run.judged && run.rules.length > 0) yield `  ${profile}`;
    }
    for (const line of limitsOfCore(run)) yield `  ${style.yellow(line)}`;
    if (!this.#verbose && run.judged && run.findings.length === 0) return;
    if (!run.judged && !run.rules.some(({ status }) => status === "passed" || status === "failed")) return;
    const { pairing } = run;
    if (pairing !== undefined) {
      const digest = pairing.sha256 === undefined ? "" : ` (sha256 ${shorten(pairing.sha256)})`;
      yield `  issuer ${pairing.certificate}${digest}, ${pairing.why}`;
    }
    if (this.#verbose) yield* this.#evidence(wholeRun, run);
  }

  *#evidence({ findings }: Run, { crl, baselines, scope, sha256, entries, rules }: Run): Iterable<string> {
    yield `  scope ${scope.kind}: ${scope.evidence}`;
    if (baselines !== undefined) yield `  baselines ${baselines.sources.join(",") || "none"}: ${baselines.evidence}`;
    if (sha256 !== undefined)
      yield `  sha256 ${sha256}; ${entries === 1 ? "1 entry" : `${formatCount(entries)} entries`}`;
    for (const { rule, suppressed: why } of findings) if (why !== undefined) yield `  ${describeSuppressed(why, rule)}`;
    const outcomes = rules.map(({ rule, status, why }) => `${status} ${rule}${why === undefined ? "" : `: ${why}`}`);
    const all = outcomes.join("\n");
    const same = this.#listed.get(all);
    if (same !== undefined) {
      yield `  rules as for ${same}`;
      return;
    }
    this.#listed.set(all, crl);
    for (const outcome of outcomes) yield `  ${outcome}`;
  }

  /**
   * Describes the outcomes of the rules.
   *
   * `41 rules passed, 1 failed, 2 skipped (crlNumber cannot be read); 47 rules need inputs that were not given (-v)`.
   */
  #describeRules({ rules }: Run): string {
    const { counts, reasons, missing } = countOutcomes(rules);
    const parts = [`${countOf(counts.passed, "rule")} passed`];
    for (const status of ["failed", "crashed", "off"] as const) {
      if (counts[status] > 0) parts.push(`${formatCount(counts[status])} ${status}`);
    }
    const skipped = counts.skipped - missing;
    if (skipped > 0) {
      const more = reasons.size > maximumReasons ? "; ..." : "";
      parts.push(`${formatCount(skipped)} skipped (${[...reasons].slice(0, maximumReasons).join("; ")}${more})`);
    }
    const isNew = missing !== this.#missing;
    this.#missing = missing;
    return [parts.join(", "), ...(isNew && missing > 0 ? [describeMissing(missing, this.#verbose)] : [])].join("; ");
  }
}

/** Returns the profiles, and the Baseline Requirements that they apply to the CA: `mozilla with smime-br`. */
function describeProfile({ profiles, baselines }: Run): string {
  const names = profiles.join(",");
  const added = baselines?.sources.filter((id) => !profiles.includes(id)) ?? [];
  return added.length === 0 ? names : `${names} with ${added.join(",")}`;
}

/** Returns one line about all inputs: `fail: 3 CRLs: 2 pass, 1 fail; 1 error`, `pass: 3 CRLs; no findings`. */
export function summarizeReport(totals: Totals, style: Style): string {
  const { verdict, verdicts, runs, areCrls, suppressed, findings, cause } = totals;
  if (runs === 0) return `${paintVerdict(verdict, style)}: ${cause}`;
  const parts = (["pass", "fail", "undecided"] as const).flatMap((each) =>
    verdicts[each] === 0 ? [] : [`${formatCount(verdicts[each])} ${each}`],
  );
  const counts = listCounts(findings, style) || "no findings";
  const each = verdicts[verdict] === runs ? "" : `: ${parts.join(", ")}`;
  const inputs = `${countOf(runs, areCrls ? "CRL" : "input")}${each}`;
  const why = cause === undefined ? "" : `; ${cause}`;
  return `${paintVerdict(verdict, style)}: ${inputs}; ${counts}${formatSuppressedCount(suppressed)}${why}`;
}

/**
 * Returns the number of rules that need inputs that were not given: `47 rules need inputs that were not given (-v)`.
 */
export function describeMissing(count: number, verbose: boolean): string {
  if (count === 0) return "";
  const rules = count === 1 ? "1 rule needs an input that was" : `${formatCount(count)} rules need inputs that were`;
  return `${rules} not given${verbose ? "" : " (-v)"}`;
}

function paintVerdict(verdict: RunVerdict, style: Style): string {
  return verdict === "pass" ? style.green(verdict) : style.red(verdict);
}

/**
 * Returns one line about the files that were read in directories: `4 files: 1 with CRLs, 1 with certificates, 2 with
 * neither (2 text)`.
 */
export function summarizeInputs({ files, crls, certificates, unreadable, neither }: LookedAt): string {
  const kinds = Object.entries(neither);
  const others = kinds.reduce((sum, [, count]) => sum + count, 0);
  const parts = [`${formatCount(crls)} with CRLs`, `${formatCount(certificates)} with certificates`];
  if (others > 0) {
    const each = kinds.map(([kind, count]) => `${formatCount(count)} ${kind}`).join(", ");
    parts.push(`${formatCount(others)} with neither (${each})`);
  }
  if (unreadable > 0) parts.push(`${formatCount(unreadable)} unreadable`);
  return `looked at ${countOf(files, "file")}: ${parts.join(", ")}`;
}

function formatSuppressedCount(count: number): string {
  return count === 0 ? "" : `, ${formatCount(count)} suppressed`;
}

function listCounts({ error, warning, notice }: Readonly<Record<Severity, number>>, style: Style): string {
  const counts: string[] = [];
  if (error > 0) counts.push(style.red(countOf(error, "error")));
  if (warning > 0) counts.push(style.yellow(countOf(warning, "warning")));
  if (notice > 0) counts.push(style.cyan(countOf(notice, "notice")));
  return counts.join(", ");
}

interface OutcomeCounts {
  readonly counts: Readonly<Record<RuleOutcome["status"], number>>;
  /** Reasons for which rules were skipped, other than an input that was not given. */
  readonly reasons: ReadonlySet<string>;
  /** Number of rules that were skipped because an input was not given. */
  readonly missing: number;
}

/** Counts of each list of outcomes: CRLs of one kind on which no rule found anything share a list. */
const knownCounts = new WeakMap<Run["rules"], OutcomeCounts>();

function countOutcomes(rules: Run["rules"]): OutcomeCounts {
  let known = knownCounts.get(rules);
  if (known === undefined) {
    const counts = { passed: 0, failed: 0, crashed: 0, skipped: 0, "not-in-force": 0, "not-applicable": 0, off: 0 };
    const reasons = new Set<string>();
    const missing = countMissing(rules);
    for (const { status, why = "" } of rules) {
      counts[status] += 1;
      if (status === "skipped" && inputNotGiven(why) === undefined) reasons.add(why);
    }
    knownCounts.set(rules, (known = { counts, reasons, missing }));
  }
  return known;
}

/** Shortens a digest to `9f3c..41d0`, which is sufficient to recognize it. */
function shorten(digest: string): string {
  return `${digest.slice(0, 4)}..${digest.slice(-4)}`;
}
