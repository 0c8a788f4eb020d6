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

type Test = (facts: Facts) => boolean;

/** What the text of each occasion asks of a CRL. */
const tests = new Map<Occasion, Test>();

function happens(occasion: Exclude<Occasion, "faults">, facts: Facts): boolean {
  let test = tests.get(occasion);
  if (test === undefined) tests.set(occasion, (test = testOf(occasion)));
  return test(facts);
}

function testOf(occasion: Exclude<Occasion, "faults">): Test {
  if (occasion.startsWith("extension ")) return (facts) => findOneOf(occasion, facts) !== undefined;
  const values = valuesIn(occasion);
  if (occasion.startsWith("entries with extension ")) {
    const [ifCritical, ifNot] = [admits(occasion, true), admits(occasion, false)];
    return ({ entries }) =>
      values.some((oid) => {
        const { count, critical } = entries.extensions.get(oid) ?? { count: 0, critical: 0 };
        return (critical > 0 && ifCritical) || (critical < count && ifNot);
      });
  }
  if (occasion.startsWith("entries with reason ")) {
    const reasons = values.map(Number);
    return ({ entries }) => reasons.some((reason) => entries.reasons.has(reason));
  }
  if (occasion.startsWith("uncommon ")) {
    const part = occasion.slice("uncommon ".length) as Uncommon;
    return (facts) => hasUncommon(part, facts);
  }
  const count = occasion.slice("entries: ".length) as EntryCount;
  return ({ entries }) => (count === "repeatedSerials" ? entries.repeats.count : entries[count]) > 0;
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
