import { withoutCites } from "../rule/without-cites.ts";
import { type Crl, isDelta } from "../crl/crl.ts";
import { readLinted } from "../crl/read.ts";
import type { FaultCode } from "../der/fault.ts";
import { bytesOf, contents, hex, sameBytes } from "../der/span.ts";
import { type Ccadb, disclosedAs } from "../given/ccadb.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import type { Disclosure, GivenCa, GivenCertificate, Stated } from "../given/given.ts";
import { type GivenCrl, OtherCrl } from "../given/other-crl.ts";
import { type Candidates, pair, verifyOther, verifySignature } from "../given/pair.ts";
import { findPurposes } from "../given/purposes.ts";
import { detectScope } from "../given/scope.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Artefact } from "../input/read.ts";
import { formatCount } from "../rule/format-count.ts";
import type { Finding, RuleOutcome, Run } from "../rule/report.ts";
import type { LoadableRule } from "../rule/rule.ts";
import { verdictOf } from "../rule/verdict.ts";
import { fitBaselines } from "../sources/profiles.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";
import { coreChecksOf, coreFindings } from "./core.ts";
import { factsOf } from "./facts.ts";
import type { LintInput, LintOptions } from "./lint-input.ts";
import { uncheckedFindings } from "./own-findings.ts";
import { runRules } from "./run-rules.ts";
import { type Selected, SelectedRule, selectRules } from "./select.ts";
import type { Subject } from "./subject.ts";

export type { LintInput, LintOptions } from "./lint-input.ts";

/** Lints one CRL, or reports that the input is not a CRL. Never throws because of the bytes of the input. */
export function lintOne(allRules: readonly LoadableRule[], input: LintInput, ofAll: LintOptions): Run {
  const options = input.stated === undefined ? ofAll : { ...ofAll, ...input.stated };
  const isCrl = input.object.kind === input.form;
  const { subject, pairing } = gatherSubject(input, options);
  const {
    anyCa: ca,
    anyCertificates: certificates,
    crl,
    artefact,
    scope,
    anyVerification: verification,
    verifier,
  } = subject;
  const { profiles } = options.selection;
  const baselines = fitBaselines(profiles, () => findPurposes(ca, certificates));
  const selected = selectRules(allRules, options.selection, baselines);
  const { limitRule } = selected;
  const isCut = isCrl && limitRule !== undefined && isOverLimit(crl, limitRule);
  const rules = !isCrl
    ? rulesForNonCrl(allRules, selected, input)
    : isCut
      ? withRule(limitRule, selected)
      : selected.rules;
  const { findings, outcomes, hasCrashed } = runRules(rules, subject, {
    sources: selected.sources,
    allDates: options.allDates || !isCrl,
    maxFindings: options.maxFindings,
    // An input that was not read to its end is an error, whatever severity is selected.
    severityOf: (head) => (head.reportsLimit === true ? undefined : selected.severityOf(head)),
  });
  const others = isCrl ? switchedOff(selected) : notRun(selected, rules, input);
  const all = others.length === 0 ? outcomes : [...outcomes, ...others];
  const core = isCrl
    ? coreChecksOf(selected, outcomes, subject, {
        issuerLeftOutBy: options.issuerLeftOutBy,
        signature: options.signature,
        unapplied: options.unapplied,
      })
    : [];
  const own = isCrl ? uncheckedFindings(subject, all, core, options) : undefined;
  const unmade = coreFindings(selected, core, subject);
  const { unjudged = [] } = input;
  const run = {
    crl: artefact.name,
    form: input.form,
    ...(options.digests && verifier !== undefined ? digestsOf(crl, artefact, verifier) : {}),
    ...(options.digests && isCrl ? { facts: factsOf(subject, asOf(options.now, crl)) } : {}),
    judged:
      own?.areInputsWellFormed === true &&
      unmade.length === 0 &&
      unjudged.length === 0 &&
      !isCut &&
      // Without a selected rule, every CRL would pass.
      rules.length > 0 &&
      !hasCrashed,
    core,
    ...(pairing && { pairing }),
    scope,
    profiles,
    ...(isCrl && baselines !== undefined ? { baselines } : {}),
    entries: crl.entries.count,
    signature: withoutCause(verification),
    // Violations come before checks that were not made: a wrong issuer can be the reason for those.
    findings: [
      ...[...findings, ...(own?.findings ?? []), ...unmade].sort(byPlace),
      ...unjudged.map((each) => withoutCites({ ...each, severity: "error" })),
      ...(own?.skipped ?? []),
    ],
    rules: all,
  };
  return { verdict: verdictOf(run, options), ...run };
}

/** Returns the time to lint as of, or else thisUpdate, in seconds since 1970. */
function asOf(now: LintOptions["now"], crl: Crl): number | undefined {
  return now === undefined || now === "thisUpdate" ? crl.thisUpdate?.seconds : now;
}

/** Returns the digests with which a report identifies a CRL and its issuer. */
function digestsOf(crl: Crl, { bytes }: Artefact, verifier: Verifier): Pick<Run, "sha256" | "issuerSha256"> {
  const { issuer, source } = crl;
  return {
    sha256: verifier.sha256(bytes),
    ...(issuer && { issuerSha256: verifier.sha256(bytesOf(source.bytes, issuer)) }),
  };
}

/** Returns a verdict for reports: without the causes, which only rules use. */
function withoutCause(verification: Verdict): Verdict {
  const { verdict } = verification;
  return verdict === "valid" ? verification : { verdict, why: verification.why };
}

/** The verdict on a signature if the user chose to ignore it. */
const ignored = { verdict: "not-checked", why: "--signature ignore was given" } as const;

/** Reads the CRL, finds its CA among the given certificates, and gathers the data that rules look at. */
function gatherSubject(input: LintInput, options: LintOptions) {
  const given: Subject["given"] = input;
  const { object, form, shards, transport } = input;
  const { verifier } = options;
  const isCrl = object.kind === form;
  const shard = shards?.set.shards[shards.index];
  // A CRL of a set was already read with the set.
  const crl = shard?.artefact === object.artefact ? shard.crl : readLinted(object, form, options);
  const certificates = given.certificates && new CertificatesInScope(crl, given.certificates);
  const candidates = findCandidates(crl, isCrl && options.issuerLeftOutBy === undefined ? input : undefined);
  const trusted = options.signature === "ignore" ? verifier && { ...verifier, verify: () => ignored } : verifier;
  const { ca, pairing, noCaFound, ...paired } = pair(crl, candidates, given.others, trusted);
  const verification = options.signature === "ignore" ? ignored : explain(crl, ca, paired.verification, verifier);
  const disclosure = given.ccadb && findRecord(crl, ca, given.ccadb, verifier);
  const url = given.url ?? transport?.url;
  const asDisclosed = disclosure && disclosedAs(disclosure.record, url, asOf(options.now, crl));
  const compareWith = (other: GivenCrl): OtherCrl =>
    new OtherCrl(crl, other, () => verifyOther(other.crl, ca, verification, verifier));
  const subject: Subject = {
    given,
    options,
    crl,
    artefact: object.artefact,
    identity: object.identity,
    bytes: crl.source.bytes,
    entries: crl.entries,
    isDelta: isDelta(crl),
    pemFaults: object.pemFaults,
    objectsInFile: object.file,
    noCaFound:
      candidates.list.length === 0 && isCrl && options.issuerLeftOutBy === undefined ? notInStore(input) : noCaFound,
    anyVerification: verification,
    verifier,
    scope: detectScope(crl, { ca, noCaFound, certificates, verifier, stated: options.scope }),
    anyCa: ca,
    anyCertificates: certificates,
    anyShards: shards,
    anySet: given.together?.set,
    anyPrevious: given.previous && compareWith(given.previous),
    anyBase: given.base && compareWith(given.base),
    anyUrl: url,
    anyTransport: transport,
    anyNow: options.now === "thisUpdate" ? crl.thisUpdate?.seconds : options.now,
    expected: given.expected && {
      revoked: new CertificatesInScope(crl, given.expected.revoked),
      good: new CertificatesInScope(crl, given.expected.good),
    },
    disclosure,
    stated: {
      beforeSigning: form === "tbs" || options.signature === "ignore",
      isLive: given.url !== undefined || transport !== undefined,
      ...completenessOf(options.completeness, shards),
      ...(asDisclosed && { disclosedAs: asDisclosed }),
    },
  };
  return { subject, pairing };
}

/**
 * Adds to a verdict which other algorithm made the signature. Only the key of the CA is tried: each of many candidates
 * would hash the CRL again.
 */
function explain(crl: Crl, ca: GivenCa | undefined, verification: Verdict, verifier: Verifier | undefined): Verdict {
  if (ca === undefined || ca.isAnother || verifier?.explain === undefined) return verification;
  if (verification.verdict !== "invalid" || verification.apartFrom !== undefined) return verification;
  return verifySignature(crl, ca.certificate, {
    ...verifier,
    verify: (check) => verifier.explain?.(check) ?? verification,
  });
}

/** Returns the candidates for the issuing CA's certificate. */
function findCandidates(crl: Crl, input: LintInput | undefined): Candidates {
  if (input === undefined) return { list: [], from: "operands", isTrusted: () => true };
  const { issuers, issuersChosen, issuerStore, object } = input;
  if (issuersChosen && issuers.length > 0) return { list: issuers, from: "option", isTrusted: () => true };
  const stored = issuerStore?.candidatesFor(crl) ?? [];
  if (stored.length === 0) {
    return { list: issuers, from: "operands", isTrusted: ({ artefact }) => artefact.name !== object.artefact.name };
  }
  const isGiven = ({ artefact }: GivenCertificate): boolean =>
    issuers.some((given) => sameBytes(given.artefact.bytes, artefact.bytes));
  return {
    list: [...issuers, ...stored.filter((each) => !isGiven(each))],
    from: "store",
    isTrusted: ({ artefact }) => stored.some((each) => sameBytes(each.artefact.bytes, artefact.bytes)),
  };
}

function notInStore({ issuerStore }: LintInput): string | undefined {
  if (issuerStore === undefined) return undefined;
  const { size } = issuerStore;
  return size === 1
    ? "the certificate in the store of issuers has neither the key nor the name that this CRL names"
    : `none of the ${formatCount(size)} certificates in the store of issuers has the key or the name that this CRL names`;
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

/** Returns the completeness that the user states: by option, or by giving the set of partitions of one CA. */
function completenessOf(stated: Stated["completeness"], shards: ShardPosition | undefined): Partial<Stated> {
  if (stated !== undefined) return { completeness: stated, completenessBy: `--${stated}` };
  if (shards === undefined) return {};
  if (shards.set.full === shards.index) return { completeness: "full", completenessBy: "--shards" };
  return shards.set.isPartition(shards.index) ? { completeness: "partitioned", completenessBy: "--shards" } : {};
}

/** Whether a limit prevented reading a CRL to its end. The fault has the id of the rule that reports it. */
function isOverLimit(crl: Crl, { id }: LoadableRule): boolean {
  return crl.source.faults.of(id as FaultCode) !== undefined;
}

/** Returns the rules of a selection, and one that must run with every selection. */
function withRule(rule: LoadableRule, { rules, sources }: Selected): readonly SelectedRule[] {
  return rules.some(({ head }) => head.id === rule.id) ? rules : [...rules, new SelectedRule(rule, sources)];
}

/**
 * Returns the rules that run on an input that is not a CRL. The rules on transport report a response from a server, if
 * all of them that report non-CRLs are selected. Otherwise, the rule that reports every input runs; no selection can
 * leave it out.
 */
function rulesForNonCrl(
  all: readonly LoadableRule[],
  { rules, sources }: Selected,
  { transport, object }: LintInput,
): readonly SelectedRule[] {
  const reporting = all.filter(({ reportsNonCrl }) => reportsNonCrl);
  const [ofAnswers, ofAll] = partition(reporting, ({ looksAt }) => looksAt?.includes("transport") === true);
  const served = rules.filter(({ inputs }) => inputs.includes("transport"));
  const areAllSelected = ofAnswers.every(({ id }) => served.some(({ head }) => head.id === id));
  if (transport !== undefined && ofAnswers.length > 0 && areAllSelected) return served;
  const said = object.kind === "over-limit" ? all.filter(({ reportsLimit }) => reportsLimit) : ofAll;
  return said.map((rule) => new SelectedRule(rule, sources));
}

function partition<T>(list: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter((item) => test(item)), list.filter((item) => !test(item))];
}

/** Returns outcomes for the rules that require a CRL, for an input that is not one. */
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

/** Returns outcomes for the rules that are off: they stay in the report, because they have not passed. */
function switchedOff({ off }: Selected): readonly RuleOutcome[] {
  return Array.from(off, ([{ id }, why]): RuleOutcome => ({ rule: id, status: "off", why, count: 0 }));
}

function byPlace(a: Finding, b: Finding): number {
  return a.location.offset - b.location.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
