import { Oid } from "../extension/oids.ts";
import type { BaseContext, EntryTally, Requirement, TallyOptions, Violation } from "./rule.ts";
import type { RuleRun, RunOptions } from "./rule-run.ts";
import type { Subject } from "./subject.ts";

/** What all rules have at hand alike on one CRL. */
export type SharedContext = Omit<BaseContext, "requirements" | "holdsAt" | "report" | "tally" | "reportFaults">;

/** Gathers what all rules have at hand alike. */
export function shareContext(subject: Subject, { sources }: RunOptions): SharedContext {
  const { crl, artefact, identity, scope, pemFaults, objectsInFile, ca, certificates, shards, transport, stated } =
    subject;
  return {
    crl,
    artefact,
    identity,
    bytes: crl.source.bytes,
    entries: crl.entries,
    scope,
    isDelta: crl.crlExtensions?.list.some((item) => item.oid === Oid.deltaCrlIndicator) === true,
    pemFaults,
    objectsInFile,
    anyCa: ca,
    anyCertificates: certificates,
    anyShards: shards,
    anyTransport: transport,
    stated,
    sources,
  };
}

/**
 * What one rule has at hand; what it needs beyond is put in by the engine. A class, since hundreds of these are made
 * for every CRL: a spread of the same fields takes longer than all rules together.
 */
export class RuleContext implements BaseContext {
  readonly crl: BaseContext["crl"];
  readonly artefact: BaseContext["artefact"];
  readonly identity: BaseContext["identity"];
  readonly bytes: BaseContext["bytes"];
  readonly entries: BaseContext["entries"];
  readonly scope: BaseContext["scope"];
  readonly isDelta: BaseContext["isDelta"];
  readonly pemFaults: BaseContext["pemFaults"];
  readonly objectsInFile: BaseContext["objectsInFile"];
  readonly anyCa: BaseContext["anyCa"];
  readonly anyCertificates: BaseContext["anyCertificates"];
  readonly anyShards: BaseContext["anyShards"];
  readonly anyTransport: BaseContext["anyTransport"];
  readonly stated: BaseContext["stated"];
  readonly sources: BaseContext["sources"];
  readonly requirements: readonly Requirement[];
  readonly #run: RuleRun;

  constructor(shared: SharedContext, requirements: readonly Requirement[], run: RuleRun) {
    this.crl = shared.crl;
    this.artefact = shared.artefact;
    this.identity = shared.identity;
    this.bytes = shared.bytes;
    this.entries = shared.entries;
    this.scope = shared.scope;
    this.isDelta = shared.isDelta;
    this.pemFaults = shared.pemFaults;
    this.objectsInFile = shared.objectsInFile;
    this.anyCa = shared.anyCa;
    this.anyCertificates = shared.anyCertificates;
    this.anyShards = shared.anyShards;
    this.anyTransport = shared.anyTransport;
    this.stated = shared.stated;
    this.sources = shared.sources;
    this.requirements = requirements;
    this.#run = run;
  }

  holdsAt(requirement: Requirement, seconds: number): boolean {
    return this.#run.holdsAt(requirement, seconds);
  }

  report(violation: Violation): void {
    this.#run.report(violation);
  }

  tally(options: TallyOptions): EntryTally {
    return this.#run.tally(options);
  }

  reportFaults(): void {
    this.#run.reportFaults();
  }
}
