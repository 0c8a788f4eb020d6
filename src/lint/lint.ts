import type { Crl } from "../crl/crl.ts";
import { contents, hex, octets } from "../der/span.ts";
import { type Ccadb, disclosedBy } from "../given/ccadb.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import type { Disclosure, GivenCa, Stated } from "../given/given.ts";
import { type GivenCrl, OtherCrl } from "../given/other-crl.ts";
import { pair, verifyOther } from "../given/pair.ts";
import { readLinted } from "../given/read-linted.ts";
import { detectScope } from "../given/scope.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Artefact } from "../input/read.ts";
import { type Finding, isAtLeast, type RuleOutcome, type Run, type Severity } from "../rule/report.ts";
import type { LoadableRule } from "../rule/rule.ts";
import type { Verifier } from "../verify/verifier.ts";
import type { LintInput, LintOptions } from "./lint-input.ts";
import { ownFindings } from "./own-findings.ts";
import { runRules } from "./run-rules.ts";
import { type Selected, SelectedRule, selectRules } from "./select.ts";
import type { Subject } from "./subject.ts";

export type { LintInput, LintOptions } from "./lint-input.ts";

/** Lints one CRL, or reports that the input is not a CRL. Never throws because of the bytes of the input. */
export function lintOne(allRules: readonly LoadableRule[], input: LintInput, options: LintOptions): Run {
  const selected = selectRules(allRules, options.selection);
  const isCrl = input.object.kind === input.form;
  const subject = gather(input, options);
  const rules = isCrl ? selected.rules : rulesForNonCrl(allRules, selected, input);
  const { findings, outcomes } = runRules(rules, subject.subject, {
    sources: selected.sources,
    allDates: options.allDates || !isCrl,
    maxFindings: options.maxFindings,
    severityOf: selected.severityOf,
  });
  const all = isCrl ? outcomes : [...outcomes, ...notRun(selected, rules, input)];
  const own = isCrl ? ownFindings(subject.subject, all, options) : undefined;
  const { crl, artefact, scope, verification, verifier } = subject.subject;
  return {
    crl: artefact.name,
    form: input.form,
    ...(options.digests && verifier !== undefined ? digestsOf(crl, artefact, verifier) : {}),
    judged: own?.areInputsSound === true && !outcomes.some(({ status }) => status === "crashed"),
    ...(subject.pairing === undefined ? {} : { pairing: subject.pairing }),
    scope,
    profiles: options.selection.profiles,
    entries: crl.entries.count,
    signature: verification,
    findings: [...findings, ...(own?.findings ?? [])].sort(byPlace),
    rules: all,
  };
}

/** The digests by which a report identifies a CRL and its issuer. */
function digestsOf(crl: Crl, { bytes }: Artefact, verifier: Verifier): Pick<Run, "sha256" | "issuerSha256"> {
  const { issuer, source } = crl;
  return {
    sha256: verifier.sha256(bytes),
    ...(issuer && { issuerSha256: verifier.sha256(octets(source.bytes, issuer)) }),
  };
}

/** The verdict on a signature that the user told crllint to ignore. */
const ignored = { verdict: "not-checked", why: "--signature ignore was given" } as const;

function gather(input: LintInput, options: LintOptions) {
  const { object, form } = input;
  const { verifier } = options;
  const isCrl = object.kind === form;
  const shard = input.shards?.set.shards[input.shards.index];
  // A CRL of a set has been read with the set.
  const crl = shard?.artefact === object.artefact ? shard.crl : readLinted(object, form, options);
  const certificates = input.certificates && new CertificatesInScope(crl, input.certificates);
  const issuers = isCrl ? input.issuers : [];
  const trusted = options.signature === "ignore" ? verifier && { ...verifier, verify: () => ignored } : verifier;
  const paired = pair(crl, issuers, input.others, trusted, input.issuersChosen);
  const verification = options.signature === "ignore" ? ignored : paired.verification;
  const disclosure = input.ccadb && findRecord(crl, paired.ca, input.ccadb, verifier);
  const compareWith = (given: GivenCrl): OtherCrl =>
    new OtherCrl(crl, given, () => verifyOther(given.crl, paired.ca, verification, verifier));
  const subject: Subject = {
    crl,
    artefact: object.artefact,
    identity: object.identity,
    pemFaults: object.pemFaults,
    objectsInFile: object.total,
    ca: paired.ca,
    noCaFound: paired.noCaFound,
    verification,
    verifier,
    scope: detectScope(crl, { ca: paired.ca, certificates, verifier, stated: options.scope }),
    now: options.now,
    previous: input.previous && compareWith(input.previous),
    base: input.base && compareWith(input.base),
    certificates,
    expected: input.expected && {
      revoked: new CertificatesInScope(crl, input.expected.revoked),
      good: new CertificatesInScope(crl, input.expected.good),
    },
    shards: input.shards,
    disclosedUrls: input.disclosedUrls ?? (disclosure && disclosedBy(disclosure.record)),
    disclosure,
    hasCcadb: input.ccadb !== undefined,
    url: input.url,
    transport: input.transport,
    copies: input.copies,
    tbsWas: input.tbsWas,
    stated: {
      beforeSigning: form === "tbs" || options.signature === "ignore",
      ...completenessOf(options.completeness, input.shards),
    },
  };
  return { subject, pairing: paired.pairing };
}

/** Finds the record of the CA in a CCADB export: by its certificate, else by the key that the CRL names. */
function findRecord(
  crl: Crl,
  ca: GivenCa | undefined,
  ccadb: Ccadb,
  verifier: Verifier | undefined,
): Disclosure | undefined {
  const given = ca?.isAnother === false ? ca.certificate.source.bytes : undefined;
  const { keyIdentifier } = crl.authorityKeyIdentifier ?? {};
  const record = ccadb.find(
    given && verifier?.sha256(given),
    keyIdentifier && hex(contents(crl.source.bytes, keyIdentifier)),
  );
  return record && { record, siblings: ccadb.siblings(record) };
}

/** What the user states about completeness: by option, or by giving the set of partitions of one CA. */
function completenessOf(stated: Stated["completeness"], shards: ShardPosition | undefined): Partial<Stated> {
  if (stated !== undefined) return { completeness: stated, completenessBy: `--${stated}` };
  if (shards === undefined) return {};
  if (shards.set.full === shards.index) return { completeness: "full", completenessBy: "--shards" };
  return shards.set.isPartition(shards.index) ? { completeness: "partitioned", completenessBy: "--shards" } : {};
}

/**
 * Returns the rules that run on an input that is not a CRL. An answer from a server is reported by the rules on
 * transport, if all of them that report non-CRLs are selected; anything else by the rule that reports every input, which
 * no selection can leave out.
 */
function rulesForNonCrl(
  all: readonly LoadableRule[],
  { rules, sources }: Selected,
  { transport }: LintInput,
): readonly SelectedRule[] {
  const reporting = all.filter(({ reportsNonCrl }) => reportsNonCrl);
  const [ofAnswers, ofAll] = partition(reporting, ({ looksAt }) => looksAt?.includes("transport") === true);
  const served = rules.filter(({ inputs }) => inputs.includes("transport"));
  const areAllSelected = ofAnswers.every(({ id }) => served.some(({ head }) => head.id === id));
  if (transport !== undefined && ofAnswers.length > 0 && areAllSelected) return served;
  return ofAll.map((rule) => new SelectedRule(rule, sources));
}

function partition<T>(list: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter((item) => test(item)), list.filter((item) => !test(item))];
}

/** The outcomes of the rules that need a CRL, for an input that is not one. */
function notRun(
  { rules }: Selected,
  run: readonly SelectedRule[],
  { object, form }: LintInput,
): readonly RuleOutcome[] {
  const wanted = form === "tbs" ? "a TBSCertList" : "a CRL";
  const hasRun = new Set(run.map(({ head }) => head.id));
  return rules
    .filter(({ head }) => !hasRun.has(head.id))
    .map(({ head }) => ({
      rule: head.id,
      status: "skipped",
      why: `this is ${object.identity.name}, not ${wanted}`,
      count: 0,
    }));
}

function byPlace(a: Finding, b: Finding): number {
  return a.location.offset - b.location.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

/** The exit code for a report: 0 passes, 1 the CRL fails, 2 an input could not be checked. */
export function exitCode(runs: readonly Run[], failOn: Severity | "never"): 0 | 1 | 2 {
  if (runs.some(({ judged }) => !judged)) return 2;
  if (failOn === "never") return 0;
  const fails = ({ severity, suppressed }: Finding): boolean => suppressed === undefined && isAtLeast(severity, failOn);
  return runs.some(({ findings }) => findings.some(fails)) ? 1 : 0;
}
