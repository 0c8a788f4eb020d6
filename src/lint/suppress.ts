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
  /** SHA-256 of the CA certificate that the CRL was compared with, likewise. */
  readonly caSha256?: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly until?: string;
}

/**
 * A finding that existed when a gate was set up. It knows neither offsets nor texts: they change with every CRL. One of
 * a core check, or on how the CRL is encoded, is known of that one CRL alone.
 */
export interface KnownFinding {
  readonly rule: string;
  /** ASN.1 path, as `stablePath` gives it. */
  readonly path: string;
  readonly issuerSha256: string;
  /** SHA-256 of the CRL, where the finding is known of no other. */
  readonly sha256?: string | undefined;
  /** SHA-256 of the CA certificate, likewise; only for a core check. */
  readonly caSha256?: string | undefined;
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
const ownSuppressible: ReadonlySet<string> = new Set(["crllint/ignored-file", "crllint/rule-skipped"]);

/** Parts whose rules tell how a CRL is encoded: another CRL with such a fault is another fault. */
const encodingParts: ReadonlySet<string> = new Set(["der", "input", "structure"]);

/** By what a finding of a rule is accepted: for a CRL's issuer, for one CRL, or for one CRL and the certificate of its CA. */
type Bond = "issuer" | "crl" | "crl and CA";

/** Returns by what a finding of a rule is accepted. */
export function bondOf({ id, core }: Pick<RuleHead, "id" | "core">): Bond {
  if (core !== undefined) return "crl and CA";
  return encodingParts.has(id.slice(0, id.indexOf("/"))) ? "crl" : "issuer";
}

/** Whether what was accepted holds for a run by the digests that its bond asks for. */
function isBound(accepted: Pick<KnownFinding, "sha256" | "caSha256">, bond: Bond, run: Run): boolean {
  if (bond === "issuer") return true;
  if (run.sha256 === undefined || accepted.sha256 !== run.sha256) return false;
  return bond === "crl" || (run.pairing?.sha256 !== undefined && accepted.caSha256 === run.pairing.sha256);
}

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
  const { issuerSha256, judged, sha256, pairing } = run;
  if (issuerSha256 === undefined || !judged || rule.startsWith("crllint/") || !isSuppressible(rule)) return undefined;
  const known = { rule, path: stablePath(location.path), issuerSha256 };
  const isCore = run.core.some((check) => check.rule === rule);
  const bond = isCore ? "crl and CA" : bondOf({ id: rule });
  if (bond === "issuer") return known;
  if (sha256 === undefined) return undefined;
  if (bond === "crl") return { ...known, sha256 };
  return pairing?.sha256 === undefined ? undefined : { ...known, sha256, caSha256: pairing.sha256 };
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
  const byKey = new Map(known.map((entry) => [keyOf(entry), entry]));
  const used = new Set<S | KnownFinding>();
  const mark = (finding: Finding): Finding => {
    if (!isSuppressible(finding.rule)) return finding;
    const matching = about.filter(
      (item) => isNamed(item.rule, finding.rule, plan) && isBound(item, bondIn(plan, finding.rule), run),
    );
    const key = knownFinding(finding, run);
    const entry = key && byKey.get(keyOf(key));
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

function bondIn({ rules }: Pick<SuppressionPlan, "rules">, rule: string): Bond {
  return bondOf(rules.get(rule) ?? { id: rule });
}

function keyOf({ rule, path, sha256 = "", caSha256 = "" }: KnownFinding): string {
  return `${rule} ${path} ${sha256} ${caSha256}`;
}

function isAbout({ crl, sha256, issuerSha256, caSha256 }: Suppression, run: Run): boolean {
  if (crl !== undefined && !crl(run.crl)) return false;
  if (sha256 !== undefined && sha256 !== run.sha256) return false;
  if (caSha256 !== undefined && caSha256 !== run.pairing?.sha256) return false;
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
