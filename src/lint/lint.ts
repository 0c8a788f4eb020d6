import { readLinted } from "../given/read-linted.ts";
import type { Crl } from "../crl/crl.ts";
import type { Limits } from "../der/limits.ts";
import { contents, hex, octets, sameOctets } from "../der/span.ts";
import type { Artefact, InputObject } from "../input/read.ts";
import { type Ccadb, disclosedBy } from "../given/ccadb.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import { type GivenCrl, OtherCrl, type Transport } from "../given/other-crl.ts";
import { coreChecksOf, coreFindings } from "./core.ts";
import { ownFindings } from "./own-findings.ts";
import { type FailOn, withVerdict } from "../rule/verdict.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import { type CandidatesFrom, pair, verifyOther } from "../given/pair.ts";
import { formatCount } from "../rule/format-count.ts";
import type { ScopeKind } from "../given/given.ts";
import type { Finding, RuleOutcome, Run } from "../rule/report.ts";
import type { Disclosure, GivenCa, GivenCertificate, Stated } from "../given/given.ts";
import type { LoadableRule } from "../rule/rule.ts";
import { runRules } from "./run-rules.ts";
import { detectScope } from "../given/scope.ts";
import type { ShardPosition } from "../given/shards.ts";
import { type Selected, SelectedRule, type Selection, selectRules } from "./select.ts";
import type { Subject } from "./subject.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/** Everything that one CRL is judged with. */
export interface LintInput {
  /** The object to lint; what is no CRL is reported as that. */
  readonly object: InputObject;
  readonly form: "crl" | "tbs";
  /** Certificates of which one may be the issuing CA. */
  readonly issuers: readonly GivenCertificate[];
  /** Whether the user named them as issuers, so that others are tried only for a note. */
  readonly issuersChosen: boolean;
  /** Certificates of many CAs, in which the issuing CA is looked for if none was named. */
  readonly issuerStore?: IssuerStore;
  /** Further certificates, tried only to tell whose CRL this is. */
  readonly others: readonly GivenCertificate[];
  /** The CRL that this one replaces. */
  readonly previous?: GivenCrl;
  /** The complete CRL that this delta CRL updates. */
  readonly base?: GivenCrl;
  /** Certificates that the CRL may list. */
  readonly certificates?: readonly GivenCertificate[];
  /** Certificates that the user says are revoked, or good. */
  readonly expected?: { readonly revoked: readonly GivenCertificate[]; readonly good: readonly GivenCertificate[] };
  /** The CRLs of the call where they are one CA's partition, and which of them this one is. */
  readonly shards?: ShardPosition;
  /** The URLs that the CA has disclosed for its CRLs. */
  readonly disclosedUrls?: readonly string[];
  /** An export of the CCADB, in which the CA may have a record. */
  readonly ccadb?: Ccadb;
  /** The URL that the CRL is served from. */
  readonly url?: string;
  /** How an HTTP server sent it. */
  readonly transport?: Transport;
  /** What other URLs give that are to give this very CRL. */
  readonly copies?: readonly GivenCrl[];
  /** What was linted before it was signed, by itself or under a throw-away key. */
  readonly tbsWas?: GivenCrl;
}

/** How CRLs are judged. */
export interface LintOptions {
  readonly selection: Selection;
  /** Judge by requirements whatever their dates. */
  readonly allDates: boolean;
  /** How many violations of one rule are kept with their place; 0 keeps all. */
  readonly maxFindings: number;
  /** The moment to judge at, in seconds since 1970; without it rules about age are skipped. */
  readonly now: number | undefined;
  readonly scope: Exclude<ScopeKind, "unknown" | "timestamp"> | undefined;
  readonly completeness: Stated["completeness"];
  /** `ignore` for a CRL signed with a throw-away key: the key is not checked, and the report says so. */
  readonly signature: "verify" | "ignore";
  /** Whether the caller says that there is no certificate of the issuing CA to compare with. */
  readonly noIssuer?: boolean;
  /** The mildest severity that fails the run. */
  readonly failOn: FailOn;
  /** The same for findings of core checks, if `failOn` comes from a setting that does not apply to them. */
  readonly coreFailOn?: FailOn;
  readonly verifier: Verifier | undefined;
  /** Whether the run is to tell the SHA-256 of the CRL and of its issuer: that takes a tenth of the time. */
  readonly digests: boolean;
  /** Make rules that could not be judged errors. */
  readonly failOnSkipped: boolean;
  /** How far inputs are read. */
  readonly limits: Limits;
}

/** Lints one CRL, or says of an input that it is none. Never throws on what the octets hold. */
export function lintOne(allRules: readonly LoadableRule[], input: LintInput, options: LintOptions): Run {
  const selected = selectRules(allRules, options.selection);
  const isCrl = input.object.kind === input.form;
  const subject = gather(input, options);
  const rules = isCrl ? selected.rules : rulesForOther(allRules, selected, input);
  const { findings, outcomes } = runRules(rules, subject.subject, {
    sources: selected.sources,
    allDates: options.allDates || !isCrl,
    maxFindings: options.maxFindings,
    severityOf: selected.severityOf,
  });
  const others = isCrl ? switchedOff(selected) : unjudged(selected, rules, input);
  const all = others.length === 0 ? outcomes : [...outcomes, ...others];
  const core = isCrl
    ? coreChecksOf(allRules, selected, all, subject.subject, {
        noIssuer: options.noIssuer === true,
        signature: options.signature,
      })
    : [];
  const own = isCrl ? ownFindings(subject.subject, all, core, options) : undefined;
  const unmade = coreFindings(allRules, core, subject.subject);
  const { crl, artefact, scope, verification, verifier } = subject.subject;
  const run = {
    crl: artefact.name,
    form: input.form,
    ...(options.digests && verifier !== undefined ? digestsOf(crl, artefact, verifier) : {}),
    judged: own?.areInputsSound === true && unmade.length === 0 && !outcomes.some(({ status }) => status === "crashed"),
    core,
    ...(subject.pairing === undefined ? {} : { pairing: subject.pairing }),
    scope,
    profiles: options.selection.profiles,
    entries: crl.entries.count,
    signature: withoutCause(verification),
    findings: [...findings, ...(own?.findings ?? []), ...unmade].sort(byPlace),
    rules: all,
  };
  return withVerdict(run, options);
}

/** By what a report tells a CRL and its issuer from others. */
function digestsOf(crl: Crl, { bytes }: Artefact, verifier: Verifier): Pick<Run, "sha256" | "issuerSha256"> {
  const { issuer, source } = crl;
  return {
    sha256: verifier.sha256(bytes),
    ...(issuer && { issuerSha256: verifier.sha256(octets(source.bytes, issuer)) }),
  };
}

/** The rule that says what an input is that is no CRL. */
const notACrl = "input/not-a-crl";

/** The rules that between them say of every answer of a server why it is no CRL. */
const ofAnyAnswer: ReadonlySet<string> = new Set(["transport/not-der", "transport/unavailable"]);

/** A verdict as reports show it: `apartFrom` is for rules. */
function withoutCause(verification: Verdict): Verdict {
  return verification.verdict === "invalid" ? { verdict: "invalid", why: verification.why } : verification;
}

/** What is said in place of a check of the signature. */
const ignored = { verdict: "not-checked", why: "--signature ignore was given" } as const;

function gather(input: LintInput, options: LintOptions) {
  const { object, form } = input;
  const { verifier } = options;
  const isCrl = object.kind === form;
  const shard = input.shards?.set.shards[input.shards.index];
  // A CRL of a set has been read with it.
  const crl = shard?.artefact === object.artefact ? shard.crl : readLinted(object, form, options);
  const certificates = input.certificates && new CertificatesInScope(crl, input.certificates);
  const { candidates, from } = findCandidates(crl, isCrl && options.noIssuer !== true ? input : undefined);
  const trusted = options.signature === "ignore" ? verifier && { ...verifier, verify: () => ignored } : verifier;
  const paired = pair(crl, candidates, input.others, trusted, from);
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
    noCaFound: candidates.length === 0 && isCrl ? notInStore(input) : paired.noCaFound,
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

/** The certificates of which one may be that of the issuing CA. */
function findCandidates(
  crl: Crl,
  input: LintInput | undefined,
): { readonly candidates: readonly GivenCertificate[]; readonly from: CandidatesFrom } {
  if (input === undefined) return { candidates: [], from: "operands" };
  const { issuers, issuersChosen, issuerStore } = input;
  if (issuersChosen && issuers.length > 0) return { candidates: issuers, from: "option" };
  const stored = issuerStore?.candidatesFor(crl) ?? [];
  if (stored.length === 0) return { candidates: issuers, from: "operands" };
  const isGiven = ({ artefact }: GivenCertificate): boolean =>
    issuers.some((given) => sameOctets(given.artefact.bytes, artefact.bytes));
  return { candidates: [...issuers, ...stored.filter((each) => !isGiven(each))], from: "store" };
}

function notInStore({ issuerStore }: LintInput): string | undefined {
  if (issuerStore === undefined) return undefined;
  const count = formatCount(issuerStore.size);
  return `none of the ${count} certificates in the store of issuers has the key or the name that this CRL names`;
}

/** What an export of the CCADB says of the CA: by its certificate, else by the key that the CRL names. */
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

/** What the user says of the completeness: by name, or by saying that the CRLs are one CA's partition. */
function completenessOf(stated: Stated["completeness"], shards: ShardPosition | undefined): Partial<Stated> {
  if (stated !== undefined) return { completeness: stated, completenessBy: `--${stated}` };
  if (shards === undefined) return {};
  if (shards.set.full === shards.index) return { completeness: "full", completenessBy: "--shards" };
  return shards.set.isPartition(shards.index) ? { completeness: "partitioned", completenessBy: "--shards" } : {};
}

/** What is judged of an input that is no CRL: what it is instead; of an answer over HTTP also how it was served. */
function rulesForOther(
  all: readonly LoadableRule[],
  { rules, sources }: Selected,
  { transport }: LintInput,
): readonly SelectedRule[] {
  const served = rules.filter(({ head }) => head.needs.includes("transport"));
  // That a URL gives no CRL is said once; a selection without the rules on that must not leave it unsaid.
  const isSaid = served.filter(({ head }) => ofAnyAnswer.has(head.id)).length === ofAnyAnswer.size;
  if (transport !== undefined && isSaid) return served;
  return all.filter(({ id }) => id === notACrl).map((rule) => new SelectedRule(rule, sources));
}

function unjudged(
  { rules }: Selected,
  judged: readonly SelectedRule[],
  { object, form }: LintInput,
): readonly RuleOutcome[] {
  const wanted = form === "tbs" ? "a TBSCertList" : "a CRL";
  return rules
    .filter((rule) => rule.head.id !== notACrl && !judged.includes(rule))
    .map(({ head }) => ({
      rule: head.id,
      status: "skipped",
      why: `this is ${object.identity.name}, not ${wanted}`,
      count: 0,
    }));
}

/** A rule that is off stays in the report, so that nobody takes it for passed. */
function switchedOff({ off }: Selected): readonly RuleOutcome[] {
  return Array.from(off, ([{ id }, why]): RuleOutcome => ({ rule: id, status: "off", why, count: 0 }));
}

function byPlace(a: Finding, b: Finding): number {
  return a.location.offset - b.location.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
