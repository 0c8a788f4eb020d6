import { findCertificateFault } from "../cert/fault.ts";
import type { LintOptions } from "./lint-input.ts";
import { locate } from "../rule/location.ts";
import type { Finding, RuleOutcome } from "../rule/report.ts";
import { noCaGiven } from "../given/pair.ts";
import type { Subject } from "./subject.ts";

/** What crllint reports about its own work on one CRL. */
export interface OwnFindings {
  readonly findings: readonly Finding[];
  /** Whether the inputs that the CRL was compared with are well-formed. */
  readonly areInputsSound: boolean;
}

/** Reports what was not checked, or not reliably: skipped rules, an unverified signature, a malformed certificate. */
export function ownFindings(subject: Subject, outcomes: readonly RuleOutcome[], options: LintOptions): OwnFindings {
  const malformed = malformedCertificate(subject);
  const findings = [...malformed, ...skippedRules(subject, outcomes, options), ...uncheckedSignature(subject, options)];
  return { findings, areInputsSound: malformed.length === 0 };
}

/** A CRL cannot be compared with a certificate that decoders may read in more ways than one. */
function malformedCertificate({ ca }: Subject): readonly Finding[] {
  const fault = ca && findCertificateFault(ca.certificate);
  if (ca === undefined || fault === undefined) return [];
  return [
    {
      rule: "crllint/malformed-certificate",
      severity: "error",
      message: `the CA certificate is malformed: ${fault.message}`,
      location: locate(ca.artefact, fault, fault.path),
      related: [],
      cites: [],
      notes: [],
      help: "give the certificate unchanged, alone and in DER or PEM",
    },
  ];
}

function skippedRules(
  subject: Subject,
  outcomes: readonly RuleOutcome[],
  { failOnSkipped }: LintOptions,
): readonly Finding[] {
  const findings: Finding[] = [];
  const skipped = new Map<string, string[]>();
  const noCa = subject.noCaFound ?? noCaGiven;
  for (const { rule, status, why = "" } of outcomes) {
    if (status !== "skipped" || (why !== noCa && !failOnSkipped)) continue;
    const names = skipped.get(why);
    if (names === undefined) skipped.set(why, [rule]);
    else names.push(rule);
  }
  for (const [why, names] of skipped) {
    const isCa = why === noCa;
    const wasGiven = isCa && subject.noCaFound !== undefined;
    findings.push({
      ...about(subject),
      rule: wasGiven ? "crllint/no-issuer-found" : "crllint/rule-skipped",
      severity: failOnSkipped || wasGiven ? "error" : "warning",
      message: `${names.length === 1 ? `${names[0]} was` : `${names.length} rules were`} not checked: ${why}`,
      notes: names.length === 1 ? [] : [`not checked: ${names.join(", ")}`],
      help: helpFor(isCa),
    });
  }
  return findings;
}

function helpFor(isCa: boolean): string {
  return isCa
    ? "give the certificate of the issuing CA: crllint ca.pem crl.der"
    : "give the inputs of these rules, or skip them: --ignore needs:previous, needs:certs, needs:shards, or their ids";
}

/** A signature that was not verified although a CA certificate was given must not look like a valid one. */
function uncheckedSignature(subject: Subject, { signature }: LintOptions): readonly Finding[] {
  const { crl, ca, verification } = subject;
  if (crl.form !== "crl") return [];
  const rule = "crllint/signature-not-checked";
  if (signature === "ignore") {
    return [
      {
        ...about(subject),
        rule,
        severity: "notice",
        message: "the signature was not verified: --signature ignore was given",
        notes: ["this run does not show that the CRL can be published"],
        help: "lint the CRL again with its real signature, without --signature ignore",
      },
    ];
  }
  // A signature that cannot be read has been reported as an error of the CRL.
  if (ca === undefined || verification.verdict !== "not-checked" || crl.signatureValue?.bits === undefined) return [];
  return [
    {
      ...about(subject),
      rule,
      severity: "warning",
      message: `the signature was not verified: ${verification.why}`,
      notes: [],
      help: "verify it with other software before the CRL is published",
    },
  ];
}

function about({ artefact, crl }: Subject) {
  return {
    location: { file: artefact.name, path: "", offset: 0, length: crl.source.bytes.length },
    related: [],
    cites: [],
  };
}
