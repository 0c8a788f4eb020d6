import { holdsAt } from "./in-force.ts";
import type { Finding, Run, Suppressed } from "./report.ts";
import type { RuleHead } from "./rule.ts";
import { matchesPattern } from "./select.ts";

/** Findings that somebody has accepted. What it leaves open, it does not ask for. All text must be escaped. */
export interface Suppression {
  /** What `--select` takes, or the id of a finding of the tool's own. */
  readonly rule: string;
  /** Whether it is about a CRL, by the name that the report gives it. */
  readonly crl?: (name: string) => boolean;
  /** SHA-256 of the CRL, in lower-case hexadecimal. */
  readonly sha256?: string;
  /** SHA-256 of the DER of the CRL's issuer, likewise. */
  readonly issuerSha256?: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly until?: string;
}

/** What existed when a gate was set up: findings by `baselineKey`, and what is said of all of them. */
export interface KnownFindings {
  readonly keys: ReadonlySet<string>;
  readonly reason: string;
}

/** All that is suppressed, ready to be applied to any number of runs. */
export interface SuppressionPlan<S extends Suppression = Suppression> {
  /** All rules by their ids. */
  readonly rules: ReadonlyMap<string, RuleHead>;
  readonly suppressions: readonly S[];
  readonly baseline?: KnownFindings;
}

/** A run with its findings marked, and what became of the plan there. */
export interface SuppressedRun<S extends Suppression = Suppression> {
  readonly run: Run;
  /** Suppressions that matched a finding. */
  readonly used: ReadonlySet<S>;
  /** Those that matched none although they are about this CRL, and a rule that they name was judged on it. */
  readonly idle: ReadonlySet<S>;
  /** Keys of the baseline that matched a finding. */
  readonly known: ReadonlySet<string>;
}

/** What the tool says of its own work that may be accepted; all else of it says that the check could not be made. */
const ownSuppressible: ReadonlySet<string> = new Set([
  "crllint/ignored-file",
  "crllint/rule-skipped",
  "crllint/signature-not-checked",
]);

/** Behind these, octets were not read: nobody knows what else is wrong with them. */
const unreadable: ReadonlySet<string> = new Set([
  "der/indefinite-length",
  "der/length-past-parent",
  "der/reserved-length-octet",
  "input/not-a-crl",
  "input/over-limit",
  "input/truncated",
  "structure/certificate-list",
]);

/** Whether findings of a rule may be accepted: not where they say that the rest could not be judged. */
export function isSuppressible(rule: string): boolean {
  return rule.startsWith("crllint/") ? ownSuppressible.has(rule) : !unreadable.has(rule);
}

/** The ids that a pattern means, and those among them that may not be suppressed. */
export function idsOf(pattern: string, rules: Iterable<RuleHead>) {
  if (pattern.startsWith("crllint/")) return { ids: [pattern], refused: isSuppressible(pattern) ? [] : [pattern] };
  const ids = [...rules].filter((rule) => matchesPattern(rule, pattern)).map(({ id }) => id);
  return { ids, refused: ids.filter((id) => !isSuppressible(id)) };
}

/** Whether a suppression has run out at a moment in seconds since 1970; never where no moment is given. */
export function isExpired({ until }: Suppression, now: number | undefined): boolean {
  return until !== undefined && now !== undefined && !holdsAt({ to: until }, now);
}

/**
 * What a baseline knows a finding by: rule, ASN.1 path and issuer of the CRL. Neither offsets nor the index of an entry
 * are part of it, since both move with every CRL that the CA issues.
 *
 * @returns undefined for what cannot be in a baseline
 */
export function baselineKey(finding: Finding, run: Run): string | undefined {
  if (run.issuerSha256 === undefined || !run.judged) return undefined;
  if (finding.rule.startsWith("crllint/") || !isSuppressible(finding.rule)) return undefined;
  return keyOf(finding.rule, stablePath(finding.location.path), run.issuerSha256);
}

/** The key of an entry of a baseline. */
export function keyOf(rule: string, path: string, issuerSha256: string): string {
  return `${issuerSha256} ${rule} ${path}`;
}

/** An ASN.1 path without the index of the entry that it leads through. */
export function stablePath(path: string): string {
  return path.replace(/\brevokedCertificates\[\d+\]/u, "revokedCertificates[]");
}

/**
 * Marks the findings of a run that are suppressed; takes none away, and leaves how the rules ended as it was: a rule
 * whose findings are all suppressed has failed. Expired suppressions must not be in the plan.
 */
export function suppress<S extends Suppression>(run: Run, plan: SuppressionPlan<S>): SuppressedRun<S> {
  const about = plan.suppressions.filter((suppression) => isAbout(suppression, run));
  const used = new Set<S>();
  const known = new Set<string>();
  const mark = (finding: Finding): Finding => {
    if (!isSuppressible(finding.rule)) return finding;
    const matching = about.filter(({ rule }) => names(rule, finding.rule, plan.rules));
    for (const suppression of matching) used.add(suppression);
    const key = plan.baseline && baselineKey(finding, run);
    const isKnown = key !== undefined && plan.baseline?.keys.has(key) === true;
    if (isKnown) known.add(key);
    const [first] = matching;
    if (first !== undefined) return { ...finding, suppressed: suppressedBy(first) };
    if (!isKnown) return finding;
    return { ...finding, suppressed: { reason: plan.baseline?.reason ?? "", by: "baseline" } };
  };
  const findings = run.findings.map(mark);
  const judged = run.rules.flatMap(({ rule, status }) => (status === "passed" || status === "failed" ? [rule] : []));
  const isJudged = ({ rule }: S): boolean =>
    ownSuppressible.has(rule) ? run.rules.length > 0 : judged.some((id) => names(rule, id, plan.rules));
  const idle = new Set(about.filter((suppression) => !used.has(suppression) && isJudged(suppression)));
  return { run: used.size + known.size === 0 ? run : { ...run, findings }, used, idle, known };
}

function isAbout({ crl, sha256, issuerSha256 }: Suppression, run: Run): boolean {
  if (crl !== undefined && !crl(run.crl)) return false;
  if (sha256 !== undefined && sha256 !== run.sha256) return false;
  return issuerSha256 === undefined || issuerSha256 === run.issuerSha256;
}

/** Whether a pattern means a finding, by the rule that made it. */
function names(pattern: string, rule: string, rules: SuppressionPlan["rules"]): boolean {
  const head = rules.get(rule);
  return head === undefined ? pattern === rule : matchesPattern(head, pattern);
}

function suppressedBy({ reason, until }: Suppression): Suppressed {
  return { reason, ...(until === undefined ? {} : { until }), by: "config" };
}
