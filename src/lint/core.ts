import { withoutCites } from "../rule/without-cites.ts";
import { matchesSubject, noCaGiven } from "../given/pair.ts";
import type { CoreCheck, Finding, RuleOutcome } from "../rule/report.ts";
import type { CoreSubject } from "../rule/rule.ts";
import { expectingOptions } from "./input-names.ts";
import { resolve } from "./resolve-inputs.ts";
import { saySeverity, type Selected } from "./select.ts";
import { type Subject, wholeCrl } from "./subject.ts";

/** The core checks that the caller explicitly leaves out. */
export interface LeftOut {
  /** The choice to lint without a certificate of the issuing CA, for reports: `--no-issuer`. */
  readonly issuerLeftOutBy: string | undefined;
  readonly signature: "verify" | "ignore";
  /** Reason why a setting that leaves out the signature was not applied. */
  readonly unapplied?: string | undefined;
}

/**
 * Returns the results of the core checks on a CRL, and the checks of what the call expects that it leaves out.
 *
 * @param outcomes of the selected rules, in their order
 */
export function coreChecksOf(
  selected: Selected,
  outcomes: readonly RuleOutcome[],
  subject: Subject,
  leftOut: LeftOut,
): readonly CoreCheck[] {
  const isSigned = subject.crl.form === "crl";
  const checks: CoreCheck[] = [];
  for (const { rule, index } of selected.core) {
    const { id, core } = rule;
    if (core === "signature" && !isSigned) continue;
    const outcome = outcomes[index];
    const by = selected.deselectedBy(rule);
    const why = by === undefined ? whyLeftOut(core, leftOut) : `core check not selected (${by})`;
    if (why !== undefined) checks.push({ rule: id, status: "left-out", why });
    else {
      const severity = selected.severityOf(rule);
      const limits = [
        ...(severity === undefined ? [] : [saySeverity(severity)]),
        ...(core === "signature" && leftOut.unapplied !== undefined ? [leftOut.unapplied] : []),
      ];
      checks.push({ rule: id, ...endOf(core, subject, outcome, limits) });
    }
  }
  return [...checks, ...expectationsLeftOut(selected, subject)];
}

/** Returns the checks of what the call expects that its selection leaves out: it must not look as if they were made. */
function expectationsLeftOut({ expectations, rules }: Selected, subject: Subject): readonly CoreCheck[] {
  const given = expectations.filter(({ input }) => "value" in resolve(input, subject));
  return given.map(({ rule: { id }, input, by }) => {
    const isInPart = rules.some(({ inputs }) => inputs.includes(input));
    const why = `${expectingOptions[input]} not checked${isInPart ? ` by ${id}` : ""} (${by})`;
    return { rule: id, status: "left-out", why };
  });
}

function whyLeftOut(core: CoreSubject, { issuerLeftOutBy, signature }: LeftOut): string | undefined {
  if (core === "signature" && signature === "ignore") return "signature not checked (--signature ignore)";
  if (issuerLeftOutBy === undefined) return undefined;
  return `${core === "issuer" ? "issuer not compared" : "signature not checked"} (${issuerLeftOutBy})`;
}

/** Returns the result of a check that was not left out. */
function endOf(
  core: CoreSubject,
  subject: Subject,
  outcome: RuleOutcome | undefined,
  limits: readonly string[],
): Omit<CoreCheck, "rule"> {
  const { anyCa: ca, crl, anyVerification: verification, noCaFound } = subject;
  if (ca === undefined) return { status: "not-made", why: noCaFound ?? noCaGiven };
  const isCorrect =
    core === "signature"
      ? verification.verdict === "valid"
      : ca.compared.some(({ certificate }) => matchesSubject(crl, certificate));
  // A rule may leave an error to another rule with a more specific message. The CRL is then wrong although its own rule
  // has no finding.
  if (isCorrect || outcome?.status === "failed") {
    return { status: "made", ...(limits.length > 0 && { why: limits.join("; ") }) };
  }
  const why = outcome?.why ?? "another finding reports the error";
  if (core === "issuer" || verification.verdict === "invalid") return { status: "prevented", why };
  // If the signature or its parameters cannot be read, another rule reports the cause.
  const isReadable = crl.tbsCertList && crl.signatureAlgorithm && crl.signatureValue?.bits;
  if (isReadable === undefined) return { status: "prevented", why };
  if (verification.verdict === "valid") return { status: "not-made", why };
  return { status: verification.isMalformed === true ? "prevented" : "not-made", why: verification.why };
}

/**
 * Returns the findings about core checks that were not made, one for each cause. A check that was left out has none.
 */
export function coreFindings(
  { core: rules }: Selected,
  core: readonly CoreCheck[],
  subject: Subject,
): readonly Finding[] {
  const { anyCa: ca, noCaFound } = subject;
  const causes = new Map<string, CoreSubject[]>();
  for (const { rule, status, why = "" } of core) {
    if (status !== "not-made") continue;
    const part = rules.find((each) => each.rule.id === rule)?.rule.core;
    if (part !== undefined) causes.set(why, [...(causes.get(why) ?? []), part]);
  }
  return Array.from(causes, ([why, subjects]): Finding => {
    const location = wholeCrl(subject);
    if (ca !== undefined) {
      return withoutCites({
        rule: "crllint/signature-not-checked",
        severity: "error",
        message: `not judged: the signature was not checked: ${why}`,
        location,
        help: "verify the signature with other software, then lint with --signature ignore",
      });
    }
    const subjectWas = subjects.length > 1 ? `${subjects.join(" and ")} were` : `${subjects[0] ?? ""} was`;
    return withoutCites({
      rule: noCaFound === undefined ? "crllint/no-issuer" : "crllint/no-issuer-found",
      severity: "error",
      message: `not judged: ${why}, so its ${subjectWas} not checked`,
      location,
      help: "give the certificate of the issuing CA: crllint ca.pem crl.der",
    });
  });
}
