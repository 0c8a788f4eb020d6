import { findParameterFaults } from "../algorithm/parameter-faults.ts";
import type { FaultCode } from "../der/fault.ts";
import { Oid } from "../extension/oids.ts";
import type { Facts, RuleHead } from "./rule.ts";
import { findSignatureFault } from "./signature-fault.ts";
import type { Subject } from "./subject.ts";

/** Gathers what all rules have at hand alike on one CRL. */
export function gatherFacts(subject: Subject, sources: Facts["sources"]): Facts {
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

/** Tells which rules the facts of one CRL leave anything to judge. */
export class Suspicion {
  readonly #facts: Facts;
  #shared: ReadonlySet<string> | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Whether a rule has to be run; where not, it has passed. */
  concerns({ id, when }: RuleHead): boolean {
    if (when === undefined) return true;
    return when === "faults" ? this.#isRecorded(id) : when(this.#facts);
  }

  /** Whether a reader, or a check that rules share, has recorded a fault under a rule's id. */
  #isRecorded(id: string): boolean {
    const { crl, pemFaults } = this.#facts;
    if (crl.source.faults.of(id as FaultCode) !== undefined) return true;
    if (pemFaults.some(({ code }) => code === id)) return true;
    this.#shared ??= findSharedFaults(this.#facts);
    return this.#shared.has(id);
  }
}

/** Ids of the rules that the checks of the parameters and of the form of signatureValue have something for. */
function findSharedFaults(facts: Facts): ReadonlySet<string> {
  const { bytes, crl } = facts;
  const parameters = crl.signature === undefined ? [] : findParameterFaults(bytes, crl.signature);
  const signature = findSignatureFault(facts);
  return new Set([...parameters, ...(signature === undefined ? [] : [signature])].map(({ rule }) => rule));
}
