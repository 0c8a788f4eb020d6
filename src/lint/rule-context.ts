import { type Resolution, needNames } from "./needs.ts";
import type { Resolved } from "./plan.ts";
import type { BaseContext, EntryTally, Facts, Need, Requirement, TallyOptions, Violation } from "../rule/rule.ts";
import type { RuleRun } from "./rule-run.ts";

/**
 * What one rule has at hand. Of these there are dozens for every CRL: they hold four references, and look up the rest
 * when a rule asks for it.
 */
export class RuleContext implements BaseContext {
  readonly requirements: readonly Requirement[];
  readonly #facts: Facts;
  readonly #run: RuleRun;
  readonly #resolved: Resolved;

  static {
    for (const need of needNames) {
      const get = function (this: RuleContext): unknown {
        return this.#find(need);
      };
      Object.defineProperty(RuleContext.prototype, need, { get });
    }
  }

  /** @param resolved what rules asked for on the CRL; this one has it as properties */
  constructor(facts: Facts, requirements: readonly Requirement[], run: RuleRun, resolved: Resolved) {
    this.requirements = requirements;
    this.#facts = facts;
    this.#run = run;
    this.#resolved = resolved;
  }

  get crl(): Facts["crl"] {
    return this.#facts.crl;
  }

  get artefact(): Facts["artefact"] {
    return this.#facts.artefact;
  }

  get identity(): Facts["identity"] {
    return this.#facts.identity;
  }

  get bytes(): Facts["bytes"] {
    return this.#facts.bytes;
  }

  get entries(): Facts["entries"] {
    return this.#facts.entries;
  }

  get scope(): Facts["scope"] {
    return this.#facts.scope;
  }

  get isDelta(): Facts["isDelta"] {
    return this.#facts.isDelta;
  }

  get pemFaults(): Facts["pemFaults"] {
    return this.#facts.pemFaults;
  }

  get objectsInFile(): Facts["objectsInFile"] {
    return this.#facts.objectsInFile;
  }

  get anyCa(): Facts["anyCa"] {
    return this.#facts.anyCa;
  }

  get anyCertificates(): Facts["anyCertificates"] {
    return this.#facts.anyCertificates;
  }

  get anyShards(): Facts["anyShards"] {
    return this.#facts.anyShards;
  }

  get anyTransport(): Facts["anyTransport"] {
    return this.#facts.anyTransport;
  }

  get stated(): Facts["stated"] {
    return this.#facts.stated;
  }

  get sources(): Facts["sources"] {
    return this.#facts.sources;
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

  #find(need: Need): unknown {
    const resolution: Resolution<unknown> | undefined = this.#resolved.get(need);
    return resolution !== undefined && "value" in resolution ? resolution.value : undefined;
  }
}
