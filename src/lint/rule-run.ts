import { issuerPath } from "../checks/issuer-faults.ts";
import type { Entry } from "../crl/entry-reader.ts";
import type { DerFault, FaultCode } from "../der/fault.ts";
import type { Span } from "../der/span.ts";
import { matchesSubject } from "../given/pair.ts";
import type { Extension } from "../extension/extension.ts";
import type { Artefact } from "../input/read.ts";
import type { Aspect } from "../rule/aspects.ts";
import { formatCount } from "../rule/format-count.ts";
import { locate } from "../rule/location.ts";
import { type Cite, type Finding, isAtLeast, type Location, severities, type Severity } from "../rule/report.ts";
import type {
  AnyRule,
  BaseContext,
  EntryTally,
  EntryVisitor,
  FaultOfText,
  Facts,
  Requirement,
  RuleHead,
  TallyOptions,
  Violation,
} from "../rule/rule.ts";
import { findDocument } from "../sources/documents.ts";
import { type SourceId, sources as documentOf } from "../sources/profiles.ts";
import type { EntryPlaces } from "./entry-places.ts";
import { findInForce, holdsAt } from "./in-force.ts";
import { findOneOf } from "./occasions.ts";
import type { Resolved } from "./plan.ts";
import { inputNames } from "./resolve-inputs.ts";
import type { SelectedRule } from "./select.ts";
import type { Subject } from "./subject.ts";

/** Options of a run that apply to all its rules. */
export interface RunOptions {
  readonly sources: ReadonlySet<SourceId>;
  /** Whether requirements apply regardless of their dates. */
  readonly allDates: boolean;
  /** Maximum number of violations of one rule whose locations are kept; 0 keeps all. */
  readonly maxFindings: number;
  /** Returns the severity that a rule is set to, if any; `off` is handled when rules are selected. */
  readonly severityOf: (rule: RuleHead) => Severity | undefined;
}

/** Data that all rules share on one CRL. */
export interface SharedContext {
  readonly subject: Subject;
  readonly resolved: Resolved;
  readonly options: RunOptions;
  readonly places: EntryPlaces;
}

interface Tally {
  readonly options: TallyOptions;
  count: number;
  readonly entries: Location[];
  first: Span;
}

/** The context for the check of any rule. The getters for inputs and facts are defined below the class. */
type AnyContext = Parameters<NonNullable<AnyRule["create"]>>[0];

/** Inputs of the rules that compare a CRL with one of the same series. */
const ofSeries: ReadonlySet<Aspect> = new Set(["previousOfSeries", "replaced", "predecessor"]);

/**
 * One rule on one CRL: the context of its check, and its reports. There are dozens for every CRL, so each contains only
 * a few references, and looks up other data when the rule requests it.
 */
export class RuleRun implements Omit<BaseContext, keyof Facts> {
  /** Index of the rule in the list of rules. */
  readonly index: number;
  readonly requirements: readonly Requirement[];
  /** The visitor of the entries, if the check has started and looks at them. */
  visitor: EntryVisitor | undefined;
  /** Number of violations. Each entry in a tally counts as one. */
  count = 0;
  /** Data that all rules share on the CRL. */
  readonly shared: SharedContext;
  readonly #selected: SelectedRule;
  #findings: Finding[] | undefined;
  #tallies: Tally[] | undefined;

  constructor(index: number, selected: SelectedRule, requirements: readonly Requirement[], shared: SharedContext) {
    this.index = index;
    this.requirements = requirements;
    this.shared = shared;
    this.#selected = selected;
  }

  get #rule(): AnyRule {
    return this.#selected.loaded.rule;
  }

  /** The findings that are kept. */
  get findings(): readonly Finding[] {
    return this.#findings ?? [];
  }

  /** Runs the check. For a rule without one, reports the faults that readers recorded under its id. */
  start(): void {
    const rule = this.#rule;
    if (rule.create === undefined) this.reportFaults();
    else this.visitor = rule.create(this as AnyContext) ?? undefined;
  }

  /** The first of the extensions that the rule looks at. The rule does not run without one. */
  get extension(): Extension | undefined {
    const occasion = this.#selected.occasions.find((one) => one.startsWith("extension "));
    return occasion && findOneOf(occasion, this.shared.subject);
  }

  get sources(): ReadonlySet<SourceId> {
    return this.shared.options.sources;
  }

  /** Whether one of some requirements, such as those of another rule, is active and in force for this CRL. */
  hasInForce(requirements: readonly Requirement[]): boolean {
    const { subject, options } = this.shared;
    const active = requirements.filter(({ source }) => options.sources.has(source));
    return findInForce(active, subject, options.allDates).requirements.length > 0;
  }

  /** Whether a requirement is in force on a date. */
  holdsAt(requirement: Requirement, seconds: number): boolean {
    return this.shared.options.allDates || holdsAt(requirement, seconds);
  }

  /** Closes the tallies. Each that counted at least one entry becomes one finding. */
  finish(): void {
    for (const { options, count, entries, first } of this.#tallies ?? []) {
      if (count === 0) continue;
      const subject = count === 1 ? "1 entry" : `${formatCount(count)} entries`;
      const what = typeof options.what === "string" ? options.what : options.what(count);
      const path = entries[0]?.path ?? "tbsCertList.revokedCertificates";
      const place = { ...(options.in && { artefact: options.in.artefact }), at: first, path };
      this.#add({ ...options, ...place, message: `${subject} ${what}` }, { count, entries });
    }
  }

  /** Reports one violation. */
  report(violation: Violation): void {
    this.#add(violation, undefined);
  }

  #add(
    violation: Violation,
    many: { readonly count: number; readonly entries: readonly Location[] } | undefined,
    pem?: Location["pem"],
  ): void {
    const { subject, options } = this.shared;
    const violated = violation.violates ?? this.requirements;
    const cap = this.#capByScope();
    const severity = this.#severity(violated, lower(violation.atMost, cap?.atMost));
    if (severity === undefined) return;
    this.count += many?.count ?? 1;
    const findings = (this.#findings ??= []);
    if (options.maxFindings > 0 && findings.length >= options.maxFindings) return;
    const artefact = violation.artefact ?? subject.artefact;
    const first = many?.entries[0];
    findings.push({
      rule: this.#rule.id,
      severity,
      message: violation.message ?? this.#rule.title,
      location:
        first ?? (pem ? textLocation(artefact, violation, pem) : locate(artefact, violation.at, violation.path)),
      ...(many === undefined ? {} : { count: many.count, entries: many.entries }),
      related: (violation.related ?? []).map((place) => locate(place.artefact, place.at, place.path)),
      cites: citesOf(violated),
      notes: [...(violation.notes ?? []), ...(cap === undefined ? [] : [cap.note])],
      help: violation.help ?? this.#rule.fix,
      ...(violation.names === undefined ? {} : { names: violation.names }),
    });
  }

  /** Returns a cap on findings from the previous CRL if the two may be CRLs of different partitions. */
  #capByScope(): { readonly atMost: Severity; readonly note: string } | undefined {
    const { anyPrevious: previous } = this.shared.subject;
    const { looksAt = [] } = this.#rule;
    const isOfEntries = looksAt.includes("predecessorEntries") || looksAt.includes("replacedEntries");
    if (!isOfEntries && !looksAt.some((aspect) => ofSeries.has(aspect))) return undefined;
    if (previous?.scopeDifference === undefined || previous.sharesPoint === true) return undefined;
    // Numbers and times continue in a CRL that replaces another one, even if its entries are in other partitions.
    if (!isOfEntries && previous.sharesPoint === undefined) return undefined;
    const note = "severity capped: the two CRLs have no distribution point name in common, and may be two partitions";
    return { atMost: "warning", note };
  }

  /** Returns the highest severity of the violated requirements, capped at the given one; undefined for none. */
  #severity(violated: readonly Requirement[], atMost: Severity | undefined): Severity | undefined {
    const highest = severities.findLast((severity) =>
      violated.some((requirement) => requirement.severity === severity),
    );
    if (highest === undefined) return undefined;
    const own = this.shared.options.severityOf(this.#rule);
    if (own !== undefined) return own;
    return atMost !== undefined && isAtLeast(highest, atMost) ? atMost : highest;
  }

  /** Opens a tally of entries. */
  tally(options: TallyOptions): EntryTally {
    const tally: Tally = { options, count: 0, entries: [], first: { start: 0, end: 0 } };
    (this.#tallies ??= []).push(tally);
    const { artefact, crl } = options.in ?? this.shared.subject;
    const { places } = this.shared;
    const { maxFindings } = this.shared.options;
    const keep = maxFindings === 0 ? Number.POSITIVE_INFINITY : maxFindings;
    const add = (entry: Entry): void => {
      if (tally.count === 0) tally.first = { start: entry.start, end: entry.end };
      tally.count += 1;
      if (tally.entries.length < keep) {
        tally.entries.push(places.of(artefact, crl, entry));
      }
    };
    let read: ((index: number) => Entry) | undefined;
    const addAt = (index: number): void => {
      if (tally.entries.length < keep) add((read ??= crl.entries.openWindow())(index));
      else tally.count += 1;
    };
    return { add, addAt };
  }

  /**
   * Reports each fault outside the entries, and all faults in entries as one finding with a count.
   *
   * @param violates returns the requirements that a fault violates; default: all
   * @param ofText details for the finding about the text around the CRL
   */
  reportFaults(
    violates: (fault: DerFault) => readonly Requirement[] = () => this.requirements,
    ofText: FaultOfText = {},
  ): void {
    this.#reportPemFaults(ofText);
    const { artefact, crl } = this.shared.subject;
    const group = crl.source.faults.of(this.#rule.id as FaultCode);
    if (group === undefined) return;
    const inEntries = group.first.filter((fault) => isInEntry(fault));
    const elsewhere = group.first.filter((fault) => !isInEntry(fault));
    for (const fault of elsewhere) this.report({ ...this.#fromFault(fault), violates: violates(fault) });
    const [first] = inEntries;
    if (first === undefined) return;
    // Faults that were counted but not kept are in entries: entries are read last, and only they can have that many.
    const count = group.count - elsewhere.length;
    if (count === 1) {
      this.report({ ...this.#fromFault(first), violates: violates(first) });
      return;
    }
    this.#add(
      {
        ...this.#fromFault(first),
        violates: violates(first),
        message: `${formatCount(count)} errors in entries, first: ${first.message}`,
      },
      { count, entries: inEntries.map((fault) => locate(artefact, fault, fault.path)) },
    );
  }

  /** Reports faults of the text around the CRL as one finding with a count, at the line and column of the first. */
  #reportPemFaults(ofText: FaultOfText): void {
    const group = this.shared.subject.pemFaults.find(({ code }) => code === this.#rule.id);
    const [first] = group?.first ?? [];
    if (group === undefined || first === undefined) return;
    const more = group.count > 1 ? ` (${formatCount(group.count)} times, this is the first)` : "";
    const { line, column, offset } = first;
    const at = { start: offset, end: offset };
    const message = `${first.message}${more}`;
    if (line === 0) return this.report({ ...ofText, at: { start: 0, end: 0 }, path: "", message });
    this.#add({ ...ofText, at, path: "PEM", message }, undefined, {
      line,
      column,
      endLine: line,
      endColumn: column + 1,
    });
  }

  #fromFault(fault: DerFault): Violation {
    const base = { at: fault, path: fault.path, message: fault.message };
    return this.#isInherited(fault)
      ? {
          ...base,
          atMost: "notice",
          notes: ["the CA certificate's subject has the same bytes: the error is inherited from there"],
          help: "leave the CRL unchanged: its issuer must repeat the CA's subject byte for byte",
        }
      : base;
  }

  /** Whether a fault is inside an issuer that repeats the CA's subject byte for byte, as it must. */
  #isInherited(fault: DerFault): boolean {
    // A limit that was reached is not an error of the CA certificate.
    if (this.#rule.reportsLimit === true) return false;
    const { crl, anyCa: ca } = this.shared.subject;
    const { issuer } = crl;
    // Compares the path and not the offset: a file that ends after the issuer is truncated there, but its issuer has no
    // fault.
    if (issuer === undefined || ca === undefined || !fault.path.startsWith(issuerPath)) return false;
    // An issuer at the wrong position is a fault of the CRL.
    if (fault.start === issuer.start && fault.end === issuer.end) return false;
    return matchesSubject(crl, ca.certificate);
  }
}

const factNames = [
  "crl",
  "artefact",
  "identity",
  "bytes",
  "entries",
  "scope",
  "isDelta",
  "pemFaults",
  "objectsInFile",
  "anyCa",
  "anyVerification",
  "anyCertificates",
  "anyShards",
  "anySet",
  "anyPrevious",
  "anyBase",
  "anyUrl",
  "anyTransport",
  "anyNow",
  "stated",
] as const satisfies readonly (keyof Facts)[];

for (const name of factNames) {
  Object.defineProperty(RuleRun.prototype, name, {
    get(this: RuleRun) {
      return this.shared.subject[name];
    },
  });
}

for (const name of inputNames) {
  Object.defineProperty(RuleRun.prototype, name, {
    get(this: RuleRun) {
      const resolution = this.shared.resolved.get(name);
      return resolution !== undefined && "value" in resolution ? resolution.value : undefined;
    },
  });
}

/** Returns a location in the text of a PEM file, outside the DER. Its offset is that in the file. */
function textLocation(artefact: Artefact, { at, path }: Violation, pem: NonNullable<Location["pem"]>): Location {
  return { file: artefact.name, path, offset: at.start, length: at.end - at.start, pem };
}

/** Returns the lower of two caps. */
function lower(a: Severity | undefined, b: Severity | undefined): Severity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isAtLeast(a, b) ? b : a;
}

function isInEntry(fault: DerFault): boolean {
  return fault.path.startsWith("tbsCertList.revokedCertificates[");
}

/**
 * Returns the citations of requirements. One without a quote is omitted if another one cites the same section with a
 * quote.
 */
function citesOf(violated: readonly Requirement[]): readonly Cite[] {
  const cites = violated.filter(({ source, section }) => source !== "hygiene" || section !== "").map(cite);
  return cites.filter(
    ({ quote, documentId, section }, i) =>
      quote !== undefined ||
      !cites.some(
        (other, j) =>
          j !== i &&
          other.documentId === documentId &&
          other.section === section &&
          (other.quote !== undefined || j < i),
      ),
  );
}

function cite(requirement: Requirement): Cite {
  const documentId = requirement.document ?? documentOf[requirement.source];
  const document = findDocument(documentId);
  const own = requirement.ownDocument;
  const url = own === undefined ? document.url?.(requirement.section) : own.url;
  return {
    source: requirement.source,
    documentId,
    document: own?.name ?? document.name,
    section: requirement.section,
    ...(requirement.quote === undefined ? {} : { quote: requirement.quote }),
    ...(url === undefined ? {} : { url }),
  };
}
