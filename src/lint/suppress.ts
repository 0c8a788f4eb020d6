import { isThrough } from "./in-force.ts";
import { stablePath } from "../rule/location.ts";
import type { Finding, Run, Suppressed } from "../rule/report.ts";
import type { Aspect } from "../rule/aspects.ts";
import type { RuleHead } from "../rule/rule.ts";
import { matchesPattern } from "./select.ts";

/** Accepted findings. Without a property, a suppression applies to all its values. All text must be escaped. */
export interface Suppression {
  /** A pattern as for `--select`, or the id of a finding about crllint's own work. */
  readonly rule: string;
  /** Whether it applies to a CRL, by its name in the report. */
  readonly crl?: (name: string) => boolean;
  /** SHA-256 of the CRL, in lower-case hexadecimal. */
  readonly sha256?: string;
  /** SHA-256 of the DER of the CRL's issuer, in the same form. */
  readonly issuerSha256?: string;
  /** SHA-256 of the CA certificate that the CRL was compared with, in the same form. */
  readonly caSha256?: string;
  readonly reason: string;
  /** Last day on which it applies, `YYYY-MM-DD` in UTC. */
  readonly until?: string;
}

/**
 * A finding that existed when a gate was set up, without offsets and texts: these change with every CRL. A finding of a
 * core check, or about the encoding of a CRL, applies to that one CRL only.
 */
export interface KnownFinding {
  readonly rule: string;
  /** ASN.1 path, from `stablePath`. */
  readonly path: string;
  readonly issuerSha256: string;
  /** SHA-256 of the CRL, if the finding applies to one CRL only. */
  readonly sha256?: string | undefined;
  /** SHA-256 of the CA certificate, only for a core check. */
  readonly caSha256?: string | undefined;
}

/** All suppressions, to apply to any number of runs. */
export interface SuppressionPlan<S extends Suppression = Suppression> {
  /** All rules by their ids. */
  readonly rules: RulesById;
  /** Suppressions that have not expired. */
  readonly suppressions: readonly S[];
  /** Known findings by the issuer of their CRL. */
  readonly baseline: ReadonlyMap<string, readonly KnownFinding[]>;
  /** Known findings of core checks by the CA certificate of their CRL, whose issuer may be wrong. */
  readonly baselineOfCa: ReadonlyMap<string, readonly KnownFinding[]>;
  /** The reason shown for a finding in the baseline. */
  readonly baselineReason: string;
  /** Inputs with which the call states what it expects. Findings of rules that look at these are not suppressed. */
  readonly expects?: readonly Aspect[];
}

/** A run with its suppressed findings marked, and the parts of the plan that applied to it. */
export interface SuppressedRun<S extends Suppression = Suppression> {
  readonly run: Run;
  /** Suppressions and known findings that matched a finding. */
  readonly used: ReadonlySet<S | KnownFinding>;
  /**
   * Suppressions and known findings that matched none, although they apply to this CRL and one of their rules was run
   * on it. Also known findings of another CRL of the same CA certificate, if their rule passed.
   */
  readonly idle: ReadonlySet<S | KnownFinding>;
}

/** Findings about crllint's own work that may be accepted. All others report that a check was not possible. */
const ownSuppressible: ReadonlySet<string> = new Set(["crllint/ignored-file", "crllint/rule-skipped"]);

/** Groups of rules about the encoding of a CRL. */
const encodingParts: ReadonlySet<string> = new Set(["der", "input", "structure"]);

/** Object that an accepted finding is bound to: the CRL's issuer, one CRL, or one CRL and the certificate of its CA. */
type Bond = "issuer" | "crl" | "crl and CA";

/** Returns the bond of accepted findings of a rule. */
function bondOf({ id, core }: Pick<RuleHead, "id" | "core">): Bond {
  if (core !== undefined) return "crl and CA";
  return encodingParts.has(id.slice(0, id.indexOf("/"))) ? "crl" : "issuer";
}

/** Returns the reason why a suppression cannot apply to findings of a rule: it lacks digests. Undefined if it can. */
export function whyUnbound(
  rule: Pick<RuleHead, "id" | "core" | "reportsUnread">,
  { sha256, caSha256 }: Pick<KnownFinding, "sha256" | "caSha256">,
): string | undefined {
  if (rule.reportsUnread === true) return undefined;
  const bond = bondOf(rule);
  const missing = [
    ...(bond !== "issuer" && sha256 === undefined ? ["sha256"] : []),
    ...(bond === "crl and CA" && caSha256 === undefined ? ["ca-sha256"] : []),
  ];
  if (missing.length === 0) return undefined;
  return `${rule.id} can be suppressed for one CRL only: ${missing.join(" and ")} missing`;
}

/** Whether the digests that a bond requires match those of a run. */
function isBound(accepted: Pick<KnownFinding, "sha256" | "caSha256">, bond: Bond, run: Run): boolean {
  if (bond === "issuer") return true;
  if (run.sha256 === undefined || accepted.sha256 !== run.sha256) return false;
  return bond === "crl" || (run.pairing?.sha256 !== undefined && accepted.caSha256 === run.pairing.sha256);
}

/** Rules by their ids. */
type RulesById = ReadonlyMap<string, RuleHead>;

/**
 * Whether findings of a rule may be accepted: not if they report that a part could not be checked, or are about what the
 * call expects.
 */
export function isSuppressible(rule: string, rules: RulesById, expects: readonly Aspect[] = []): boolean {
  if (rule.startsWith("crllint/")) return ownSuppressible.has(rule);
  return rules.get(rule)?.reportsUnread !== true && !isExpected(rule, rules, expects);
}

/** Whether a rule looks at an input with which the call states what it expects. */
export function isExpected(rule: string, rules: RulesById, expects: readonly Aspect[]): boolean {
  return rules.get(rule)?.looksAt?.some((aspect) => expects.includes(aspect)) === true;
}

/** Returns the ids that a pattern matches, and those among them that must not be suppressed. */
export function idsOf(pattern: string, rules: readonly RuleHead[]) {
  const matching = pattern.startsWith("crllint/") ? [] : rules.filter((rule) => matchesPattern(rule, pattern));
  const byId: RulesById = new Map(matching.map((rule) => [rule.id, rule]));
  const ids = pattern.startsWith("crllint/") ? [pattern] : [...byId.keys()];
  return { ids, refused: ids.filter((id) => !isSuppressible(id, byId)) };
}

/** Whether a suppression has expired at a time in seconds since 1970; never if no time is given. */
export function isExpired({ until }: Suppression, now: number | undefined): boolean {
  return until !== undefined && now !== undefined && !isThrough(until, now);
}

/** Returns a finding as a baseline records it; undefined if it cannot be in a baseline. */
export function knownFinding(
  { rule, location }: Finding,
  run: Run,
  rules: RulesById,
  expects: readonly Aspect[] = [],
): KnownFinding | undefined {
  const { issuerSha256, judged, sha256, pairing } = run;
  if (issuerSha256 === undefined || !judged || rule.startsWith("crllint/")) return undefined;
  if (!isSuppressible(rule, rules, expects)) return undefined;
  const known = { rule, path: stablePath(location.path), issuerSha256 };
  const bond = bondIn(rules, rule);
  if (bond === "issuer") return known;
  if (sha256 === undefined) return undefined;
  if (bond === "crl") return { ...known, sha256 };
  return pairing?.sha256 === undefined ? undefined : { ...known, sha256, caSha256: pairing.sha256 };
}

/**
 * Marks the findings of a run that are suppressed. Removes none and changes no outcome: a rule has failed even if all
 * its findings are suppressed. Violations counted beyond --max-findings are treated like the findings of their rule.
 */
export function suppress<S extends Suppression>(run: Run, plan: SuppressionPlan<S>): SuppressedRun<S> {
  const about = plan.suppressions.filter((suppression) => isAbout(suppression, run));
  const known = plan.baseline.get(run.issuerSha256 ?? "") ?? [];
  const ofCa = plan.baselineOfCa.get(run.pairing?.sha256 ?? "") ?? [];
  if (about.length + known.length + ofCa.length === 0) return { run, used: new Set(), idle: new Set() };
  const byKey = new Map(known.map((entry) => [keyOf(entry), entry]));
  const used = new Set<S | KnownFinding>();
  const mark = (finding: Finding): Finding => {
    if (!isSuppressible(finding.rule, plan.rules, plan.expects)) return finding;
    const matching = about.filter(
      (item) => isNamed(item.rule, finding.rule, plan) && isBound(item, bondIn(plan.rules, finding.rule), run),
    );
    const key = knownFinding(finding, run, plan.rules);
    const entry = key && byKey.get(keyOf(key));
    for (const match of [...matching, ...(entry === undefined ? [] : [entry])]) used.add(match);
    const [first] = matching;
    if (first !== undefined) return { ...finding, suppressed: suppressedBy(first) };
    if (entry === undefined) return finding;
    return { ...finding, suppressed: { reason: plan.baselineReason, by: "baseline" } };
  };
  const findings = run.findings.map(mark);
  // A CRL that was not checked completely does not show that a finding is fixed.
  const outcomes = run.judged ? run.rules : [];
  const judged = outcomes.flatMap(({ rule, status }) => (status === "passed" || status === "failed" ? [rule] : []));
  const isIdle = (item: S | KnownFinding): boolean =>
    !used.has(item) &&
    (ownSuppressible.has(item.rule) ? judged.length > 0 : judged.some((id) => isNamed(item.rule, id, plan)));
  // A core check that passed shows that the CRL is one of this CA. One that failed may be about the CRL of another CA.
  const passed = new Set(outcomes.flatMap(({ rule, status }) => (status === "passed" ? [rule] : [])));
  const idle = [...[...about, ...known].filter(isIdle), ...ofCa.filter(({ rule }) => passed.has(rule))];
  return { run: { ...run, findings }, used, idle: new Set(idle) };
}

function bondIn(rules: RulesById, rule: string): Bond {
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

/** Whether a pattern matches a finding, by its rule. */
function isNamed(pattern: string, rule: string, { rules }: Pick<SuppressionPlan, "rules">): boolean {
  const head = rules.get(rule);
  return head === undefined ? pattern === rule : matchesPattern(head, pattern);
}

function suppressedBy({ reason, until }: Suppression): Suppressed {
  return { reason, ...(until === undefined ? {} : { until }), by: "config" };
}
