import { findParameterFaults } from "../algorithm/parameter-faults.ts";
import { Oid } from "../extension/oids.ts";
import type { Facts, RuleHead } from "../rule/rule.ts";
import { findSignatureFault } from "../checks/signature-fault.ts";
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
  #recorded: ReadonlySet<string> | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Whether a rule has to be run; where not, it has passed. */
  concerns({ id, when }: RuleHead): boolean {
    if (when === undefined) return true;
    if (when !== "faults") return when(this.#facts);
    this.#recorded ??= findRecorded(this.#facts);
    return this.#recorded.has(id);
  }
}

/**
 * Ids of the rules that a reader has recorded faults under, or that the checks of the parameters and of the form of
 * signatureValue, which rules share, have something for.
 */
function findRecorded(facts: Facts): ReadonlySet<string> {
  const { bytes, crl, pemFaults } = facts;
  const recorded = new Set<string>();
  for (const { code } of crl.source.faults.groups()) recorded.add(code);
  for (const { code } of pemFaults) recorded.add(code);
  if (crl.signature !== undefined) for (const { rule } of findParameterFaults(bytes, crl.signature)) recorded.add(rule);
  const signature = findSignatureFault(facts);
  if (signature !== undefined) recorded.add(signature.rule);
  return recorded;
}
