import { holdsAt } from "./in-force.ts";
import type { Finding, Run, Suppressed } from "../rule/report.ts";
import type { RuleHead } from "../rule/rule.ts";
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

/** A finding that existed when a gate was set up. It knows neither offsets nor texts: they change with every CRL. */
export interface KnownFinding {
  readonly rule: string;
  /** ASN.1 path, as `stablePath` gives it. */
  readonly path: string;
  readonly issuerSha256: string;
}

/** All that is suppressed, ready to be applied to any number of runs. */
export interface SuppressionPlan<S extends Suppression = Suppression> {
  /** All rules by their ids. */
  readonly rules: ReadonlyMap<string, RuleHead>;
  /** Those that have not expired. */
  readonly suppressions: readonly S[];
  /** Known findings by the issuer of their CRL. */
  readonly baseline: ReadonlyMap<string, readonly KnownFinding[]>;
  /** What is said of a finding that the baseline holds. */
  readonly baselineReason: string;
}

/** A run with its findings marked, and what became of the plan there. */
export interface SuppressedRun<S extends Suppression = Suppression> {
  readonly run: Run;
  /** What matched a finding. */
  readonly used: ReadonlySet<S | KnownFinding>;
  /** What matched none although it is about this CRL, and a rule that it names was judged on it. */
  readonly idle: ReadonlySet<S | KnownFinding>;
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

/** A finding as a baseline holds it; undefined for what cannot be in one. */
export function knownFinding({ rule, location }: Finding, run: Run): KnownFinding | undefined {
  const { issuerSha256, judged } = run;
  if (issuerSha256 === undefined || !judged || rule.startsWith("crllint/") || !isSuppressible(rule)) return undefined;
  return { rule, path: stablePath(location.path), issuerSha256 };
}

/** An ASN.1 path without the index of the entry that it leads through: it moves with every CRL that the CA issues. */
function stablePath(path: string): string {
  return path.replace(/\brevokedCertificates\[\d+\]/u, "revokedCertificates[]");
}

/**
 * Marks the findings of a run that are suppressed; takes none away, and leaves how the rules ended as it was: a rule
 * whose findings are all suppressed has failed. What was counted beyond --max-findings goes with the findings of its
 * rule.
 */
export function suppress<S extends Suppression>(run: Run, plan: SuppressionPlan<S>): SuppressedRun<S> {
  const about = plan.suppressions.filter((suppression) => isAbout(suppression, run));
  const known = plan.baseline.get(run.issuerSha256 ?? "") ?? [];
  if (about.length === 0 && known.length === 0) return { run, used: new Set(), idle: new Set() };
  const byKey = new Map(known.map((entry) => [`${entry.rule} ${entry.path}`, entry]));
  const used = new Set<S | KnownFinding>();
  const mark = (finding: Finding): Finding => {
    if (!isSuppressible(finding.rule)) return finding;
    const matching = about.filter(({ rule }) => isNamed(rule, finding.rule, plan));
    const key = knownFinding(finding, run);
    const entry = key && byKey.get(`${key.rule} ${key.path}`);
    for (const match of [...matching, ...(entry === undefined ? [] : [entry])]) used.add(match);
    const [first] = matching;
    if (first !== undefined) return { ...finding, suppressed: suppressedBy(first) };
    if (entry === undefined) return finding;
    return { ...finding, suppressed: { reason: plan.baselineReason, by: "baseline" } };
  };
  const findings = run.findings.map(mark);
  // A CRL that was not judged as a whole tells nothing of what it does not have.
  const outcomes = run.judged ? run.rules : [];
  const judged = outcomes.flatMap(({ rule, status }) => (status === "passed" || status === "failed" ? [rule] : []));
  const isIdle = (item: S | KnownFinding): boolean =>
    !used.has(item) &&
    (ownSuppressible.has(item.rule) ? judged.length > 0 : judged.some((id) => isNamed(item.rule, id, plan)));
  return { run: { ...run, findings }, used, idle: new Set([...about, ...known].filter(isIdle)) };
}

function isAbout({ crl, sha256, issuerSha256 }: Suppression, run: Run): boolean {
  if (crl !== undefined && !crl(run.crl)) return false;
  if (sha256 !== undefined && sha256 !== run.sha256) return false;
  return issuerSha256 === undefined || issuerSha256 === run.issuerSha256;
}

/** Whether a pattern means a finding, by the rule that made it. */
function isNamed(pattern: string, rule: string, { rules }: Pick<SuppressionPlan, "rules">): boolean {
  const head = rules.get(rule);
  return head === undefined ? pattern === rule : matchesPattern(head, pattern);
}

function suppressedBy({ reason, until }: Suppression): Suppressed {
  return { reason, ...(until === undefined ? {} : { until }), by: "config" };
}
