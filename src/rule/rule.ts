import type { Crl } from "../crl/crl.ts";
import type { Entries } from "../crl/entries.ts";
import type { Entry } from "../crl/entry-reader.ts";
import type { DerFault } from "../der/fault.ts";
import type { Span } from "../der/span.ts";
import type { CrlCase, Kit } from "../fixture/index.ts";
import type { CertificatesInScope } from "../given/certificates.ts";
import type { CrlSet } from "../given/crl-set.ts";
import type { GivenCa, Scope, Stated } from "../given/given.ts";
import type { GivenCrl, OtherCrl, Transport } from "../given/other-crl.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Identity } from "../input/kinds.ts";
import type { Artefact, ObjectCounts } from "../input/read.ts";
import type { PemFaultGroup } from "../pem/fault.ts";
import type { DocumentId } from "../sources/documents.ts";
import type { ProfileId, SourceId } from "../sources/profiles.ts";
import type { Verdict } from "../verify/verifier.ts";
import type { Aspect, Provided } from "./aspects.ts";
import type { NameComparison, Severity } from "./report.ts";

/** One sentence of a document that forbids what the rule finds. */
export interface Requirement {
  /** The source that it belongs to; a profile lists the sources that are active. */
  readonly source: SourceId;
  /** The document, if it is not the source's own: `rfc4055` within the source `rfc5280`. */
  readonly document?: DocumentId;
  /** A document that crllint does not know, such as a CA's own policy for a CA's own rule. */
  readonly ownDocument?: OwnDocument;
  /** Section as the document numbers it: `7.2`, `Appendix B`. Empty for advice. */
  readonly section: string;
  readonly severity: Severity;
  /** At most 25 words, word for word; absent for a table, for ASN.1, and for a text that was not read. */
  readonly quote?: string;
  /**
   * First and last day on which it is in force, `YYYY-MM-DD` in UTC, inclusive. `from` defaults to that of its
   * document.
   */
  readonly from?: string;
  readonly to?: string;
  /** The date that `from` and `to` apply to; default: `thisUpdate`. A rule checks `revocationDate` entry by entry. */
  readonly datedBy?: "thisUpdate" | "revocationDate" | "caNotBefore";
}

/** A document that only the author of a rule knows. */
export interface OwnDocument {
  /** Name with version, as a finding cites it: `Example Trust CP 1.4`. */
  readonly name: string;
  /** Address at which it is published. */
  readonly url?: string;
}

/** A further place that a finding refers to. */
export interface RelatedPlace {
  readonly at: Span;
  readonly path: string;
  readonly artefact: Artefact;
}

/** One violation that a rule reports. Text from a file must have gone through `escapeText`. */
export interface Violation {
  /** The bytes that are wrong. */
  readonly at: Span;
  /** ASN.1 path of these bytes. */
  readonly path: string;
  /** The artefact with these bytes, if it is not the CRL. */
  readonly artefact?: Artefact;
  /** Lower case, names the field and its value; default: the rule's title. */
  readonly message?: string;
  readonly related?: readonly RelatedPlace[];
  readonly notes?: readonly string[];
  /** Replaces the rule's `fix`. */
  readonly help?: string;
  readonly names?: NameComparison;
  /** The violated requirements, out of `ctx.requirements`; default: all. If there are none, nothing is reported. */
  readonly violates?: readonly Requirement[];
  /** Highest severity that the available inputs can prove. */
  readonly atMost?: Severity;
}

/** Additions to the finding about faults of the text around the CRL. */
export type FaultOfText = Pick<Violation, "violates" | "notes">;

/** Tally of violations by entries: one finding with their count and the first few. */
export interface EntryTally {
  /** Counts an entry. */
  add(entry: Entry): void;
  /** Counts an entry by its index, and reads it only if the report shows it. */
  addAt(index: number): void;
}

/** Properties that all entries of one tally share. */
export interface TallyOptions extends Omit<Violation, "at" | "path" | "message"> {
  /** The defect, after the count: `3 entries ${what}`, `1 entry ${what}`. */
  readonly what: string | ((count: number) => string);
  /** The CRL that the entries are in, if it is not the one being linted. */
  readonly in?: GivenCrl;
}

/** Facts about one CRL and its inputs that every rule has. */
export interface Facts {
  readonly crl: Crl;
  readonly artefact: Artefact;
  /** The kind of the input, determined by its content. */
  readonly identity: Identity;
  /** Bytes of the CRL. */
  readonly bytes: Uint8Array;
  readonly entries: Entries;
  readonly scope: Scope;
  /** Whether the CRL is a delta CRL: it has a deltaCRLIndicator, readable or not. */
  readonly isDelta: boolean;
  /** Errors in the text around the CRL; empty for DER. */
  readonly pemFaults: readonly PemFaultGroup[];
  /** The number of objects in the file of the CRL, by kind. */
  readonly objectsInFile: ObjectCounts;
  /** The certificate given for the issuing CA, if any; for rules that use it only for a note. */
  readonly anyCa?: GivenCa | undefined;
  /** The verification of the signature; for rules that leave a defect to `signature/invalid`. */
  readonly anyVerification: Verdict;
  /** The certificates in scope, if any were given; for rules that find more with them. */
  readonly anyCertificates?: CertificatesInScope | undefined;
  /**
   * The position in a set of partitions, if the user gave one; for rules that leave a defect to the rules on shards.
   */
  readonly anyShards?: ShardPosition | undefined;
  /** The CRLs and certificates of the call, if they are seen as a set; for rules that leave a defect to `set/*`. */
  readonly anySet?: CrlSet | undefined;
  /** The CRL that this one replaces, if it was given; for rules that find more with it. */
  readonly anyPrevious?: OtherCrl | undefined;
  /** The complete CRL that a delta CRL updates, if it was given; for rules that find more with it. */
  readonly anyBase?: OtherCrl | undefined;
  /** The URL that the CRL was, or will be, served from, if it is known; for rules that find more with it. */
  readonly anyUrl?: string | undefined;
  /** The HTTP response with the CRL, if it was fetched; for rules that leave a defect to the rules on transport. */
  readonly anyTransport?: Transport | undefined;
  /** The time to lint as of, in seconds since 1970, if one was given; for rules that can do without it. */
  readonly anyNow?: number | undefined;
  /** Statements of the user, or of the CA in the CCADB, about the CRL that the CRL itself cannot show. */
  readonly stated: Stated;
}

/** The context of every rule. */
export interface BaseContext extends Facts {
  /** Sources of the profile. To leave a finding to the rule of another source, use `hasInForce`. */
  readonly sources: ReadonlySet<SourceId>;
  /** Requirements of this rule that are active and in force for this CRL. */
  readonly requirements: readonly Requirement[];
  /**
   * Whether one of some requirements is active and in force for this CRL. Some rules leave a finding to another rule if
   * one of its requirements is.
   */
  hasInForce(requirements: readonly Requirement[]): boolean;
  /** Whether a requirement is in force on a date, in seconds since 1970. With --all-dates, it always is. */
  holdsAt(requirement: Requirement, seconds: number): boolean;
  /** Reports one violation. */
  report(violation: Violation): void;
  /** Opens a tally of entries. The tally is reported at the end if an entry was added. */
  tally(options: TallyOptions): EntryTally;
  /**
   * Reports the faults that readers recorded under this rule's id; each code of `FaultCode` is the id of a rule.
   *
   * @param violates returns the requirements, out of `requirements`, that a fault violates; default: all
   */
  reportFaults(violates?: (fault: DerFault) => readonly Requirement[], ofText?: FaultOfText): void;
}

/** The context of a rule that looks at some aspects. */
export type Context<A extends Aspect> = BaseContext & Provided<A>;

/** Visitor of the entries, for a rule that cannot check by the facts alone. */
export interface EntryVisitor {
  /** Called for every entry. The object is a window that is reused for the next entry. */
  entry(entry: Entry): void;
  /** Called after the last entry. */
  end?(): void;
}

/** A CRL that a rule must report or must pass, made with the fixture kit. */
export interface Example {
  readonly title: string;
  /** Rules that the same bytes also trigger. */
  readonly also?: readonly string[];
  /** Profile to lint with; default: that of the rule's first requirement. */
  readonly profile?: ProfileId;
  readonly make: (kit: Kit) => CrlCase;
}

/** The proof of a rule: each bad example violates exactly this rule, and no good example violates any rule. */
export interface Examples {
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
}

/** The part of the CRL that a core check compares with the CA's certificate. */
export type CoreSubject = "issuer" | "signature";

/**
 * The properties of a rule that the engine needs before it runs the rule. It loads the rest only if the rule must run.
 */
export interface RuleHead {
  /** `<part>/<defect>`: the path of its file below `src/rules`, or the id of a row of a family there. */
  readonly id: string;
  /**
   * Inputs and occasions that it looks at; if one is missing, the rule does not run. Default: nothing but the facts.
   */
  readonly looksAt?: readonly Aspect[];
  readonly requirements: readonly Pick<
    Requirement,
    "source" | "document" | "ownDocument" | "from" | "to" | "datedBy"
  >[];
  /** Set on the rule that reports that a limit stopped the reading of an input. No selection leaves it out. */
  readonly reportsLimit?: true;
  /** Set on the rules without which no CRL passes: the part of the CRL that they compare with the CA's certificate. */
  readonly core?: CoreSubject;
  /** Former ids of the rule. They still select and suppress it. */
  readonly formerly?: readonly string[];
  /**
   * Whether it reports an input that is not a CRL. `input/not-a-crl` reports every such input. Each of the other rules
   * reports only an answer from a server, and together they report all answers.
   */
  readonly reportsNonCrl?: true;
  /**
   * Whether it reports bytes that were not read. Their other defects are unknown, so the finding cannot be suppressed.
   */
  readonly reportsUnread?: true;
}

/** A rule, or the head of a rule that is loaded when it must run. */
export type LoadableRule = AnyRule | (RuleHead & { readonly load: () => AnyRule });

/** A rule: the defect, the requirements, the check, why it matters, how to fix it, and its proof. */
export interface Rule<A extends Aspect = Aspect> extends RuleHead {
  /** The defect, lower case; default for the message of a violation. */
  readonly title: string;
  readonly looksAt?: readonly A[];
  readonly requirements: readonly Requirement[];
  /**
   * Reports at once, or returns a visitor for the entries. Default: reports the faults recorded under the rule's id.
   */
  create?(ctx: Context<A>): EntryVisitor | void;
  /** Consequences in practice, in Markdown. */
  readonly why: string;
  /** The fix, imperative. */
  readonly fix: string;
  /** Returns the examples, which linting does not need. */
  readonly examples: () => Examples;
}

/** Defines a rule; the types of its context follow from `looksAt`. */
export function defineRule<const A extends Aspect = never>(rule: Rule<A>): Rule<A> {
  return rule;
}

/** A rule that looks at any aspects, as in lists of rules: the engine provides the inputs of each one. */
// oxlint-disable-next-line typescript/no-explicit-any -- a rule's context is contravariant; no other type holds them all
export type AnyRule = Rule<any>;
