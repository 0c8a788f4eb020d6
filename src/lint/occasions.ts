import { findParameterFaults } from "../algorithm/parameter-faults.ts";
import { findSignatureFault } from "../checks/signature-fault.ts";
import type { Extension } from "../extension/extension.ts";
import { admits, type EntryCount, type Occasion, type Uncommon, valuesIn } from "../rule/aspects.ts";
import type { Facts } from "../rule/rule.ts";
import { hasUncommon } from "./uncommon.ts";

type Test = (facts: Facts) => boolean;

/** Assigns numbers to occasions: hundreds of rules look at the same few dozen. */
export class OccasionNumbers {
  readonly #occasions: Occasion[] = [];
  readonly #tests: (Test | undefined)[] = [];
  /** An undefined value for each occasion. Copying this is faster than filling an array for every CRL. */
  #unknown: readonly undefined[] = [];

  /** Returns the numbers of the occasions that a rule looks at. */
  of(occasions: readonly Occasion[]): readonly number[] {
    return occasions.map((occasion) => {
      const known = this.#occasions.indexOf(occasion);
      return known === -1 ? this.#occasions.push(occasion) - 1 : known;
    });
  }

  /** Returns the initial state for a CRL: nothing is known about any occasion. */
  nothingKnown(): (boolean | undefined)[] {
    const { length } = this.#occasions;
    if (this.#unknown.length !== length) this.#unknown = Array.from({ length });
    return this.#unknown.slice();
  }

  /** Returns the test of an occasion on a CRL; undefined if it also depends on the rule. */
  test(number: number): Test | undefined {
    const occasion = this.#occasions[number];
    if (occasion === undefined || occasion === "faults") return undefined;
    return (this.#tests[number] ??= testOf(occasion));
  }
}

/** Tests which occasions occur in one CRL. */
export class Occasions {
  readonly #numbers: OccasionNumbers;
  readonly #facts: Facts;
  readonly #known: (boolean | undefined)[];
  #recorded: ReadonlySet<string> | undefined;

  constructor(numbers: OccasionNumbers, facts: Facts) {
    this.#numbers = numbers;
    this.#facts = facts;
    this.#known = numbers.nothingKnown();
  }

  /** Whether the CRL has all occasions that a rule looks at. */
  includes(rule: string, occasions: readonly number[]): boolean {
    for (const number of occasions) if (!(this.#known[number] ?? this.#happens(number, rule))) return false;
    return true;
  }

  #happens(number: number, rule: string): boolean {
    const test = this.#numbers.test(number);
    if (test !== undefined) return (this.#known[number] = test(this.#facts));
    this.#recorded ??= findRecorded(this.#facts);
    return this.#recorded.has(rule);
  }
}

function testOf(occasion: Exclude<Occasion, "faults">): Test {
  const values = valuesIn(occasion);
  if (occasion.startsWith("extension ")) return (facts) => findOneOf(occasion, facts) !== undefined;
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

/** Finds the first extension of a CRL that an occasion `extension OID ...` applies to. */
export function findOneOf(occasion: Occasion, { crl }: Facts): Extension | undefined {
  const oids = valuesIn(occasion);
  return crl.crlExtensions?.list.find(
    ({ oid, critical }) => oid !== undefined && oids.includes(oid) && admits(occasion, critical),
  );
}

/**
 * Returns the ids of the rules under which readers recorded faults. Adds the ids of rules about the parameters of the
 * algorithm or the form of signatureValue that have something to report: one check each finds these for all rules.
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
