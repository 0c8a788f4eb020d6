import { findParameterFaults } from "../algorithm/parameter-faults.ts";
import { findSignatureFault } from "../checks/signature-fault.ts";
import { findExtension } from "../crl/crl.ts";
import type { Extension } from "../extension/extension.ts";
import { type EntryCount, type Occasion, valuesIn } from "../rule/aspects.ts";
import type { Facts } from "../rule/rule.ts";

/** Tells which occasions one CRL gives. */
export class Occasions {
  readonly #facts: Facts;
  readonly #known = new Map<Occasion, boolean>();
  #recorded: ReadonlySet<string> | undefined;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Whether the CRL gives a rule all occasions that it looks at. */
  includes(rule: string, occasions: readonly Occasion[]): boolean {
    for (const occasion of occasions) {
      if (occasion === "faults") {
        this.#recorded ??= findRecorded(this.#facts);
        if (!this.#recorded.has(rule)) return false;
      } else if (!this.#has(occasion)) return false;
    }
    return true;
  }

  #has(occasion: Exclude<Occasion, "faults">): boolean {
    let known = this.#known.get(occasion);
    if (known === undefined) this.#known.set(occasion, (known = happens(occasion, this.#facts)));
    return known;
  }
}

function happens(occasion: Exclude<Occasion, "faults">, facts: Facts): boolean {
  const { entries } = facts;
  if (occasion.startsWith("extension ")) return findOneOf(occasion, facts) !== undefined;
  if (occasion.startsWith("entries with extension ")) {
    return valuesIn(occasion).some((oid) => entries.extensions.has(oid));
  }
  if (occasion.startsWith("entries with reason ")) {
    return valuesIn(occasion).some((value) => entries.reasons.has(Number(value)));
  }
  const count = occasion.slice("entries: ".length) as EntryCount;
  return (count === "repeatedSerials" ? entries.repeats.count : entries[count]) > 0;
}

/** The first extension of a CRL that an occasion `extension OID ...` names. */
export function findOneOf(occasion: Occasion, { crl }: Facts): Extension | undefined {
  for (const oid of valuesIn(occasion)) {
    const extension = findExtension(crl, oid);
    if (extension !== undefined) return extension;
  }
  return undefined;
}

/**
 * Ids of the rules under which a reader has recorded a fault, and of those that have something to report of the
 * algorithm's parameters or of the form of signatureValue: one check each finds both for all rules.
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
