import { findParameterFaults } from "../algorithm/parameter-faults.ts";
import { findSignatureFault } from "../checks/signature-fault.ts";
import type { Extension } from "../extension/extension.ts";
import { admits, type EntryCount, type Occasion, type Uncommon, valuesIn } from "../rule/aspects.ts";
import type { Facts } from "../rule/rule.ts";
import { hasUncommon } from "./uncommon.ts";

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
    return valuesIn(occasion).some((oid) => {
      const { count, critical } = entries.extensions.get(oid) ?? { count: 0, critical: 0 };
      return (critical > 0 && admits(occasion, true)) || (critical < count && admits(occasion, false));
    });
  }
  if (occasion.startsWith("entries with reason ")) {
    return valuesIn(occasion).some((value) => entries.reasons.has(Number(value)));
  }
  if (occasion.startsWith("uncommon ")) return hasUncommon(occasion.slice("uncommon ".length) as Uncommon, facts);
  const count = occasion.slice("entries: ".length) as EntryCount;
  return (count === "repeatedSerials" ? entries.repeats.count : entries[count]) > 0;
}

/** Finds the first extension of a CRL that an occasion `extension OID ...` is about. */
export function findOneOf(occasion: Occasion, { crl }: Facts): Extension | undefined {
  const oids = valuesIn(occasion);
  return crl.crlExtensions?.list.find(
    ({ oid, critical }) => oid !== undefined && oids.includes(oid) && admits(occasion, critical),
  );
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
