import type { Entry } from "../crl/entry-reader.ts";
import type { DerFault, FaultCode } from "../der/fault.ts";
import { octets, sameOctets, type Span } from "../der/span.ts";
import type { Artefact } from "../input/read.ts";
import { findDocument } from "../sources/documents.ts";
import { type SourceId, sources as documentOf } from "../sources/profiles.ts";
import { formatCount } from "../rule/format-count.ts";
import { holdsAt } from "./in-force.ts";
import { issuerPath } from "../checks/issuer-faults.ts";
import { locate, locateEntry } from "../rule/location.ts";
import { type Cite, type Finding, isAtLeast, type Location, severities, type Severity } from "../rule/report.ts";
import type { AnyRule, EntryTally, Requirement, RuleHead, TallyOptions, Violation } from "../rule/rule.ts";
import type { Subject } from "./subject.ts";

/** How a run treats all its rules. */
export interface RunOptions {
  readonly sources: ReadonlySet<SourceId>;
  /** Whether requirements hold whatever their dates. */
  readonly allDates: boolean;
  /** How many violations of one rule are kept with their place; 0 keeps all. */
  readonly maxFindings: number;
  /** Another severity for a rule; `off` is settled when rules are selected. */
  readonly severityOf: (rule: RuleHead) => Severity | undefined;
}

interface Tally {
  readonly options: TallyOptions;
  count: number;
  readonly entries: Location[];
  first: Span;
}

/** One rule on one CRL: hands it its context and gathers what it reports. */
export class RuleRun {
  readonly findings: Finding[] = [];
  /** Number of violations; entries are counted one by one. */
  count = 0;
  readonly #rule: AnyRule;
  readonly #requirements: readonly Requirement[];
  readonly #subject: Subject;
  readonly #options: RunOptions;
  readonly #tallies: Tally[] = [];

  constructor(rule: AnyRule, requirements: readonly Requirement[], subject: Subject, options: RunOptions) {
    this.#rule = rule;
    this.#requirements = requirements;
    this.#subject = subject;
    this.#options = options;
  }

  /** Whether a requirement holds on a date. */
  holdsAt(requirement: Requirement, seconds: number): boolean {
    return this.#options.allDates || holdsAt(requirement, seconds);
  }

  /** Closes the tallies: each that counted anything becomes one finding. */
  finish(): void {
    for (const { options, count, entries, first } of this.#tallies) {
      if (count === 0) continue;
      const subject = count === 1 ? "1 entry" : `${formatCount(count)} entries`;
      const what = typeof options.what === "string" ? options.what : options.what(count);
      const path = entries[0]?.path ?? "tbsCertList.revokedCertificates";
      const place = { ...(options.in && { artefact: options.in.artefact }), at: first, path };
      this.#add({ ...options, ...place, message: `${subject} ${what}` }, { count, entries });
    }
  }

  /** Takes one violation. */
  report(violation: Violation): void {
    this.#add(violation, undefined);
  }

  #add(
    violation: Violation,
    many: { readonly count: number; readonly entries: readonly Location[] } | undefined,
    pem?: Location["pem"],
  ): void {
    const violated = violation.violates ?? this.#requirements;
    const severity = this.#severity(violated, violation.atMost);
    if (severity === undefined) return;
    this.count += many?.count ?? 1;
    const { maxFindings } = this.#options;
    if (maxFindings > 0 && this.findings.length >= maxFindings) return;
    const artefact = violation.artefact ?? this.#subject.artefact;
    const first = many?.entries[0];
    this.findings.push({
      rule: this.#rule.id,
      severity,
      message: violation.message ?? this.#rule.title,
      location:
        first ?? (pem ? textLocation(artefact, violation, pem) : locate(artefact, violation.at, violation.path)),
      ...(many === undefined ? {} : { count: many.count, entries: many.entries }),
      related: (violation.related ?? []).map((place) => locate(place.artefact, place.at, place.path)),
      cites: violated.filter((requirement) => requirement.source !== "hygiene" || requirement.section !== "").map(cite),
      notes: violation.notes ?? [],
      help: violation.help ?? this.#rule.fix,
      ...(violation.names === undefined ? {} : { names: violation.names }),
    });
  }

  /** The gravest of the violated requirements, lowered to what the inputs can prove; undefined for none. */
  #severity(violated: readonly Requirement[], atMost: Severity | undefined): Severity | undefined {
    const gravest = severities.findLast((severity) =>
      violated.some((requirement) => requirement.severity === severity),
    );
    if (gravest === undefined) return undefined;
    const own = this.#options.severityOf(this.#rule);
    if (own !== undefined) return own;
    return atMost !== undefined && isAtLeast(gravest, atMost) ? atMost : gravest;
  }

  /** Opens a tally of entries. */
  tally(options: TallyOptions): EntryTally {
    const tally: Tally = { options, count: 0, entries: [], first: { start: 0, end: 0 } };
    this.#tallies.push(tally);
    const { artefact, crl } = options.in ?? this.#subject;
    const keep = this.#options.maxFindings === 0 ? Number.POSITIVE_INFINITY : this.#options.maxFindings;
    return {
      add(entry: Entry): void {
        if (tally.count === 0) tally.first = { start: entry.start, end: entry.end };
        tally.count += 1;
        if (tally.entries.length < keep) {
          tally.entries.push(locateEntry(artefact, crl.source.bytes, entry, crl.entries.pathOf(entry.index)));
        }
      },
    };
  }

  /** Faults outside the entries one by one, those inside them as one finding with a count. */
  reportFaults(): void {
    this.#reportPemFaults();
    const group = this.#subject.crl.source.faults.of(this.#rule.id as FaultCode);
    if (group === undefined) return;
    const inEntries = group.first.filter((fault) => isInEntry(fault));
    const elsewhere = group.first.filter((fault) => !isInEntry(fault));
    for (const fault of elsewhere) this.report(this.#fromFault(fault));
    const [first] = inEntries;
    if (first === undefined) return;
    // What was counted but not kept came later in the file: the entries are read last and are the only mass product.
    const count = group.count - elsewhere.length;
    if (count === 1) {
      this.report(this.#fromFault(first));
      return;
    }
    const { artefact } = this.#subject;
    this.#add(
      {
        ...this.#fromFault(first),
        message: `${formatCount(count)} faults in entries, first: ${first.message}`,
      },
      { count, entries: inEntries.map((fault) => locate(artefact, fault, fault.path)) },
    );
  }

  /** Faults of the text around the CRL: one finding with a count, at the line and column of the first. */
  #reportPemFaults(): void {
    const group = this.#subject.pemFaults.find(({ code }) => code === this.#rule.id);
    const [first] = group?.first ?? [];
    if (group === undefined || first === undefined) return;
    const more = group.count > 1 ? ` (${formatCount(group.count)} times, this is the first)` : "";
    const { line, column, offset } = first;
    const at = { start: offset, end: offset };
    this.#add({ at, path: "PEM", message: `${first.message}${more}` }, undefined, {
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
          notes: ["the CA certificate's subject holds the same octets: the fault is inherited from there"],
          help: "leave the CRL as it is: its issuer must repeat the CA's subject byte for byte",
        }
      : base;
  }

  /** Whether a fault lies inside an issuer that repeats the CA's subject byte for byte, as it must. */
  #isInherited(fault: DerFault): boolean {
    const { crl, ca } = this.#subject;
    const { issuer } = crl;
    // By its path and not by its place: a file that ends right behind the issuer is cut off there, not faulty in it.
    if (issuer === undefined || ca === undefined || !fault.path.startsWith(issuerPath)) return false;
    // That the issuer as a whole stands where it should not is a fault of the CRL.
    if (fault.start === issuer.start && fault.end === issuer.end) return false;
    const { certificate } = ca;
    return sameOctets(octets(crl.source.bytes, issuer), octets(certificate.source.bytes, certificate.subject));
  }
}

/** A place in the text of a PEM file, outside the DER: the offset is that in the file. */
function textLocation(artefact: Artefact, { at, path }: Violation, pem: NonNullable<Location["pem"]>): Location {
  return { file: artefact.name, path, offset: at.start, length: at.end - at.start, pem };
}

function isInEntry(fault: DerFault): boolean {
  return fault.path.startsWith("tbsCertList.revokedCertificates[");
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
