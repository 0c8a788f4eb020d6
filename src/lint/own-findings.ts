import { withoutCites } from "../rule/without-cites.ts";
import { type CertificateFault, findCertificateFault } from "../cert/fault.ts";
import { groupBy } from "../der/group-by.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { LintOptions } from "./lint-input.ts";
import { formatCount } from "../rule/format-count.ts";
import { locate } from "../rule/location.ts";
import { inputNotGiven } from "../rule/not-given.ts";
import type { CoreCheck, Finding, RuleOutcome } from "../rule/report.ts";
import { noCaGiven } from "../given/pair.ts";
import { skippedRule } from "../rule/verdict.ts";
import { type Subject, wholeCrl } from "./subject.ts";
import { findMalformed, findUnreadCrls } from "./unread.ts";

/** Findings of crllint about its own work on one CRL. */
export interface OwnFindings {
  readonly findings: readonly Finding[];
  /** Findings about rules that were skipped. */
  readonly skipped: readonly Finding[];
  /** Whether the inputs that the CRL was compared with are well-formed. */
  readonly areInputsWellFormed: boolean;
}

/** Reports what was not checked, or not reliably: skipped rules, an ignored signature, a malformed certificate. */
export function uncheckedFindings(
  subject: Subject,
  outcomes: readonly RuleOutcome[],
  core: readonly CoreCheck[],
  options: LintOptions,
): OwnFindings {
  const malformed = [...malformedCertificates(subject), ...malformedCrls(subject)];
  const skipped = skippedRules(subject, outcomes, core, options);
  const findings = [...malformed, ...ignoredSignature(subject, options)];
  return { findings, skipped, areInputsWellFormed: malformed.length === 0 };
}

/**
 * Reports malformed certificates: different decoders may read them differently, so the CRL cannot be compared with
 * them.
 */
function malformedCertificates(subject: Subject): readonly Finding[] {
  const { anyCa: ca } = subject;
  const ofCa = ca && findCertificateFault(ca.certificate);
  const inScope = findMalformed(subject);
  const [first] = inScope;
  const others =
    inScope.length === 1
      ? "a certificate of the CA is malformed"
      : `${formatCount(inScope.length)} certificates of the CA are malformed, the first`;
  return [
    ...(ca && ofCa ? [malformed(ca, ofCa, "the CA certificate is malformed")] : []),
    ...(first ? [malformed(first, first.fault, others)] : []),
  ];
}

/** Reports other CRLs that cannot be read in full: the CRL cannot be compared with them. */
function malformedCrls(subject: Subject): readonly Finding[] {
  return findUnreadCrls(subject).map(({ role, artefact, fault }) =>
    withoutCites({
      rule: "crllint/malformed-crl",
      severity: "error",
      message: `the ${role} CRL given cannot be read in full: ${fault.message}`,
      location: locate(artefact, fault, fault.path),
      help: `give the ${role} CRL unchanged, or lint without it`,
    }),
  );
}

function malformed({ artefact }: GivenCertificate, fault: CertificateFault, what: string): Finding {
  return withoutCites({
    rule: "crllint/malformed-certificate",
    severity: "error",
    message: `${what}: ${fault.message}`,
    location: locate(artefact, fault, fault.path),
    help: "give the certificate unchanged, alone and in DER or PEM",
  });
}

function skippedRules(
  subject: Subject,
  outcomes: readonly RuleOutcome[],
  core: readonly CoreCheck[],
  { failOnSkipped, issuerLeftOutBy, without = [] }: LintOptions,
): readonly Finding[] {
  if (!failOnSkipped) return [];
  const noCa = subject.noCaFound ?? noCaGiven;
  const isCaSettled = issuerLeftOutBy !== undefined || core.some(({ status }) => status === "not-made");
  const isExcused = (why: string): boolean => without.some((input) => input === inputNotGiven(why));
  const skipped = outcomes.filter(
    ({ status, why = "" }) => status === "skipped" && !(why === noCa && isCaSettled) && !isExcused(why),
  );
  return Array.from(
    groupBy(skipped, ({ why = "" }) => why),
    ([why, rules]): Finding => {
      const names = rules.map(({ rule }) => rule);
      return withoutCites({
        location: wholeCrl(subject),
        rule: skippedRule,
        severity: "error",
        message: `${names.length === 1 ? `${names[0]} was` : `${names.length} rules were`} not checked: ${why}`,
        notes: names.length === 1 ? [] : [`not checked: ${names.join(", ")}`],
        help: why === noCa ? "give the certificate of the issuing CA: crllint ca.pem crl.der" : helpFor(why),
      });
    },
  );
}

/** @param why reason why rules were skipped */
function helpFor(why: string): string {
  const input = inputNotGiven(why);
  return input === undefined
    ? "remove what prevents the check, or skip these rules by their ids with --ignore"
    : `give this input, or leave out what needs it: --without ${input} with --gate, else --ignore needs:${input}`;
}

/** Reports that the signature was ignored: the run must not look like one that verified it. */
function ignoredSignature(subject: Subject, { signature }: LintOptions): readonly Finding[] {
  if (subject.crl.form !== "crl" || signature !== "ignore") return [];
  return [
    withoutCites({
      location: wholeCrl(subject),
      rule: "crllint/signature-not-checked",
      severity: "notice",
      message: "the signature was not verified: --signature ignore was given",
      notes: ["this run does not show that the CRL can be published"],
      help: "lint the CRL again with its real signature, without --signature ignore",
    }),
  ];
}
