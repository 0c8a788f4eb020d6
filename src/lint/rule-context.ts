import type { BaseContext, EntryTally, Facts, Requirement, TallyOptions, Violation } from "./rule.ts";
import type { RuleRun } from "./rule-run.ts";

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

  constructor(facts: Facts, requirements: readonly Requirement[], run: RuleRun) {
    this.crl = facts.crl;
    this.artefact = facts.artefact;
    this.identity = facts.identity;
    this.bytes = facts.bytes;
    this.entries = facts.entries;
    this.scope = facts.scope;
    this.isDelta = facts.isDelta;
    this.pemFaults = facts.pemFaults;
    this.objectsInFile = facts.objectsInFile;
    this.anyCa = facts.anyCa;
    this.anyCertificates = facts.anyCertificates;
    this.anyShards = facts.anyShards;
    this.anyTransport = facts.anyTransport;
    this.stated = facts.stated;
    this.sources = facts.sources;
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
