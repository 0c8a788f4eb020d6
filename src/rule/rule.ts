import type { ExpectedCertificates } from "../given/certificates.ts";
import type { Disclosure, GivenCa, Stated } from "../given/given.ts";
import type { AlgorithmIdentifier, Crl, CrlNumber } from "../crl/crl.ts";
import type { Entries } from "../crl/entries.ts";
import type { Entry } from "../crl/entry-reader.ts";
import type { Span, Tlv } from "../der/span.ts";
import type { Moment } from "../der/time.ts";
import type { AuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import type { Extensions } from "../extension/extension.ts";
import type { IssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import type { CrlCase, Kit } from "../fixture/index.ts";
import type { Identity } from "../input/kinds.ts";
import type { Artefact } from "../input/read.ts";
import type { Name } from "../name/parse.ts";
import type { PemFaultGroup } from "../pem/fault.ts";
import type { DocumentId } from "../sources/documents.ts";
import type { ProfileId, SourceId } from "../sources/profiles.ts";
import type { CertificatesInScope } from "../given/certificates.ts";
import type { GivenCrl, OtherCrl, Transport } from "../given/other-crl.ts";
import type { Scope } from "../given/given.ts";
import type { NameComparison, Severity } from "./report.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/** One sentence of a document that forbids what the rule finds. */
export interface Requirement {
  /** The body of requirements that it belongs to: a profile names those that are active. */
  readonly source: SourceId;
  /** The document, where it is not the source's own: `rfc4055` within the source `rfc5280`. */
  readonly document?: DocumentId;
  /** A document that crllint does not know, in its place: a CA's own policy, for a CA's own rule. */
  readonly ownDocument?: OwnDocument;
  /** Section as the document numbers it: `7.2`, `Appendix B`. Empty for advice. */
  readonly section: string;
  readonly severity: Severity;
  /** At most 25 words, word for word; absent where it is a table or ASN.1, or was not read in the text. */
  readonly quote?: string;
  /** First and last day on which it is in force, `YYYY-MM-DD` in UTC, both included. */
  readonly from?: string;
  readonly to?: string;
  /** The date that `from` and `to` speak of. Default `thisUpdate`; a rule judges `revocationDate` entry by entry. */
  readonly datedBy?: "thisUpdate" | "revocationDate" | "caNotBefore";
}

/** A document that only the author of a rule knows. */
export interface OwnDocument {
  /** As a finding cites it, with its version: `Example Trust CP 1.4`. */
  readonly name: string;
  /** Where it can be read. */
  readonly url?: string;
}

/** What a rule can ask for. Where one is not there, the rule is not run and the report says why. */
export interface Needs {
  /** The issuing CA's certificate; not there where the one given is evidently another CA's. */
  readonly ca: GivenCa;
  /** The certificate given for the issuing CA, even where it is evidently another CA's. */
  readonly givenCa: GivenCa;
  /** That the extensions of the certificates with the CA's key can be read to their end: none is missing unseen. */
  readonly caExtensions: true;
  /** A signed CertificateList, not a bare TBSCertList. */
  readonly signed: true;
  /** The check of the signature with the CA's key. */
  readonly verification: Verdict;
  /** Cryptographic digests. */
  readonly verifier: Verifier;
  readonly tbsCertList: Tlv;
  readonly version: Tlv & { readonly value: number | undefined };
  readonly signature: AlgorithmIdentifier;
  readonly issuer: Name;
  readonly thisUpdate: Moment;
  readonly nextUpdate: Moment;
  readonly revokedCertificates: Tlv;
  readonly crlExtensions: Extensions;
  readonly crlNumber: CrlNumber;
  readonly deltaCrlIndicator: CrlNumber;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier;
  readonly issuingDistributionPoint: IssuingDistributionPoint;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: Tlv & { readonly bits: Span };
  /** The moment to judge at, in seconds since 1970. */
  readonly now: number;
  /** The CRL that this one replaces. */
  readonly previous: OtherCrl;
  /** The CRL that this one replaces, of the same issuer, key and scope: only then do numbers and times compare. */
  readonly previousOfSeries: OtherCrl;
  /** `previousOfSeries`, where it is indeed the older one. */
  readonly predecessor: OtherCrl;
  /** `predecessor` of a complete CRL, where the entries of both can be read: only then do entries compare. */
  readonly predecessorEntries: OtherCrl;
  /** The complete CRL that this delta CRL updates. */
  readonly base: OtherCrl;
  /** `base`, where a client may combine it with the delta CRL by RFC 5280 5.2.4. */
  readonly combinableBase: OtherCrl;
  /** Certificates that the CRL may list. */
  readonly certificates: CertificatesInScope;
  /** Certificates that the user says are revoked, or good. */
  readonly expected: ExpectedCertificates;
  /** The CRLs of the call, which the user says are one CA's partition. */
  readonly shards: ShardPosition;
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls: readonly string[];
  /** What an export of the CCADB says of the CA, and of others with its key. */
  readonly disclosure: Disclosure;
  /** The URL that the CRL was, or is to be, served from. */
  readonly url: string;
  /** How an HTTP server sent it. */
  readonly transport: Transport;
  /** What other URLs give that are to give this very CRL. */
  readonly copies: readonly GivenCrl[];
  /** What was linted before it was signed: its tbsCertList must be that of the CRL. */
  readonly tbsWas: GivenCrl;
}

/** Name of something a rule can ask for. */
export type Need = keyof Needs;

/** A further place that a finding points at. */
export interface RelatedPlace {
  readonly at: Span;
  readonly path: string;
  readonly artefact: Artefact;
}

/** What a rule says about one violation. Text from a file must have gone through `escapeText`. */
export interface Violation {
  /** The octets that are wrong. */
  readonly at: Span;
  /** ASN.1 path of them. */
  readonly path: string;
  /** The artefact that they are in, where it is not the CRL. */
  readonly artefact?: Artefact;
  /** Lower case, names the thing and its value; default: the rule's title. */
  readonly message?: string;
  readonly related?: readonly RelatedPlace[];
  readonly notes?: readonly string[];
  /** In place of the rule's `fix`. */
  readonly help?: string;
  readonly names?: NameComparison;
  /** Those of `ctx.requirements` that are violated; default: all. With none of them, nothing is reported. */
  readonly violates?: readonly Requirement[];
  /** Highest severity that the inputs at hand can prove. */
  readonly atMost?: Severity;
}

/** Collects violations by entries: one finding with a count and the first few, however many there are. */
export interface EntryTally {
  /** Counts an entry. */
  add(entry: Entry): void;
}

/** What all entries of one tally have in common. */
export interface TallyOptions extends Omit<Violation, "at" | "path" | "message"> {
  /** What is wrong with them, after the count: `3 entries ${what}`, `1 entry ${what}`. */
  readonly what: string | ((count: number) => string);
  /** The CRL that the entries are in, where it is not the one under judgement. */
  readonly in?: GivenCrl;
}

/** What every rule has at hand. */
export interface BaseContext {
  readonly crl: Crl;
  readonly artefact: Artefact;
  /** What the input is, by its content. */
  readonly identity: Identity;
  /** Octets of the CRL. */
  readonly bytes: Uint8Array;
  readonly entries: Entries;
  readonly scope: Scope;
  /** Whether the CRL is a delta CRL: it has a deltaCRLIndicator, readable or not. */
  readonly isDelta: boolean;
  /** What is wrong with the text that the CRL came in; empty for DER. */
  readonly pemFaults: readonly PemFaultGroup[];
  /** Number of objects in the file of the CRL. */
  readonly objectsInFile: number;
  /** The certificate given for the issuing CA, if any; for notes that only add to a finding. */
  readonly anyCa: GivenCa | undefined;
  /** The certificates in scope, if any were given; for rules that can say more with them. */
  readonly anyCertificates: CertificatesInScope | undefined;
  /** The partition that the CRL is part of, if the user says so; for rules that leave something to those on shards. */
  readonly anyShards: ShardPosition | undefined;
  /** How an HTTP server sent the CRL, if it was fetched; for rules that leave something to those on transport. */
  readonly anyTransport: Transport | undefined;
  /** What the user says of the CRL that it cannot say itself. */
  readonly stated: Stated;
  /** Requirements of this rule that are active and in force for this CRL. */
  readonly requirements: readonly Requirement[];
  /** Sources of the profile: to stand back where a stricter one has its own rule. */
  readonly sources: ReadonlySet<SourceId>;
  /** Whether a requirement holds on a date, in seconds since 1970; always, with --all-dates. */
  holdsAt(requirement: Requirement, seconds: number): boolean;
  /** Reports one violation. */
  report(violation: Violation): void;
  /** Opens a tally of entries, reported at the end if anything was added. */
  tally(options: TallyOptions): EntryTally;
  /** Reports what the readers found under this rule's id; each code of `FaultCode` is the id of a rule. */
  reportFaults(): void;
}

/** What a rule with some needs has at hand. */
export type Context<N extends Need> = BaseContext & Pick<Needs, N>;

/** What a rule does with the entries, once the facts say that it has to look at them. */
export interface EntryVisitor {
  /** Called with a reused window for every entry. */
  entry(entry: Entry): void;
  /** Called behind the last entry. */
  end?(): void;
}

/** A CRL, made by turning knobs of the kit, that trips the rule or must not. */
export interface Example {
  readonly title: string;
  /** Rules that the same octets cannot but trip too. */
  readonly also?: readonly string[];
  /** Profile to judge under; default: that of the rule's first requirement. */
  readonly profile?: ProfileId;
  readonly make: (kit: Kit) => CrlCase;
}

/** What a CRL's readers found, and what goes with it: enough to tell that many a rule has nothing to say of it. */
export type Facts = Omit<BaseContext, "requirements" | "holdsAt" | "report" | "tally" | "reportFaults">;

/** What of a CRL a core check compares with the CA's certificate: its issuer, or its signature. */
export type CoreSubject = "issuer" | "signature";

/** What the engine must know of a rule before it runs, and perhaps never loads, it. */
export interface RuleHead {
  /** `<part>/<defect>`, and the path of its file below `src/rules`. */
  readonly id: string;
  readonly needs: readonly Need[];
  readonly requirements: readonly Pick<Requirement, "source" | "from" | "to" | "datedBy">[];
  /** Set on the rules without which no CRL passes: what of the CRL they compare with the CA's certificate. */
  readonly core?: CoreSubject;
  /** Ids that the rule had before; they keep selecting and suppressing it. */
  readonly formerly?: readonly string[];
  /**
   * Whether the facts leave anything to judge; default: always. Where they do not, the rule has passed without being
   * run: it only spares, and what runs in spite of it says the same. `faults`: only where a reader or a check that rules
   * share has recorded a fault under the rule's id. A function may use nothing but its parameter and what the file
   * imports.
   */
  readonly when?: "faults" | ((facts: Facts) => boolean);
}

/** A rule, or the head of one that is loaded when it is to run. */
export type LoadableRule = AnyRule | (RuleHead & { readonly load: () => AnyRule });

/** A rule: what it says, who says so, its proof, and the check. */
export interface Rule<N extends Need = Need> extends RuleHead {
  /** Lower case; stands behind the id where a violation has no message of its own. */
  readonly title: string;
  readonly needs: readonly N[];
  readonly requirements: readonly Requirement[];
  /** What breaks in practice, in Markdown. */
  readonly why: string;
  /** What to do, imperative. */
  readonly fix: string;
  /** Each bad example trips exactly this rule; no good one trips any. */
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
  /** Judges: reports at once, or asks for a visit of the entries. */
  create(ctx: Context<N>): EntryVisitor | void;
}

/** A rule as its file states it. */
export type RuleDefinition<N extends Need> = Omit<Rule<N>, "needs" | "create" | "when"> & {
  readonly needs?: readonly N[];
} & (
    | Pick<Rule<N>, "create" | "when">
    /** Its check is the readers': it reports what they recorded under its id. */
    | { readonly when: "faults"; readonly create?: never }
  );

/** Defines a rule; the types of what it needs follow from `needs`. */
export function defineRule<const N extends Need = never>(rule: RuleDefinition<N>): Rule<N> {
  return { ...rule, needs: rule.needs ?? [], create: rule.create ?? reportFaults };
}

function reportFaults(ctx: BaseContext): void {
  ctx.reportFaults();
}

/** A rule whatever it needs, as lists of rules hold it: the engine puts in place what each asks for. */
// oxlint-disable-next-line typescript/no-explicit-any -- a rule's context is contravariant; no other type holds them all
export type AnyRule = Rule<any>;
