import type { RuleOutcome, Run } from "../rule/report.ts";

/** Outcomes of the rules on one input, in a report about many inputs. */
export interface Outcomes {
  /** Number of its kind, from 0; undefined if it has none. */
  readonly kind: number | undefined;
  /** Outcomes of the rules that neither fail nor crash on an input of the kind, if this is the first one. */
  readonly list: readonly RuleOutcome[] | undefined;
  /** Rules that failed or crashed; all rules if there is no kind. */
  readonly rules: readonly RuleOutcome[];
}

/** Maximum number of kinds in one report: most calls have a few. It limits the memory that hostile inputs can take. */
const maximumKinds = 256;

/**
 * The kinds of input of one report. On inputs of one kind all rules ended the same, except those that failed or
 * crashed, which have passed in the list of the kind. A report therefore states once how each rule ended, not for every
 * CRL.
 */
export class Kinds {
  /** Numbers of kinds by the texts of their lists. */
  readonly #numbers = new Map<string, number>();
  /** Outcomes by list: CRLs of one kind on which no rule reports anything share a list. */
  readonly #known = new WeakMap<Run["rules"], Outcomes>();

  /** Returns the outcomes of the rules on the next input. */
  add(rules: Run["rules"]): Outcomes {
    const known = this.#known.get(rules);
    if (known !== undefined) return known;
    const others = rules.filter(({ status }) => status === "failed" || status === "crashed");
    const list = others.length === 0 ? rules : rules.map((each) => (others.includes(each) ? asPassed(each) : each));
    const key = list.map(({ rule, status, why = "" }) => `${rule} ${status} ${why}`).join("\n");
    const number = this.#numbers.get(key);
    if (number === undefined && this.#numbers.size >= maximumKinds) return { kind: undefined, list: undefined, rules };
    const outcomes = { kind: number ?? this.#numbers.size, list: undefined, rules: others };
    this.#known.set(rules, outcomes);
    if (number !== undefined) return outcomes;
    this.#numbers.set(key, outcomes.kind);
    return { ...outcomes, list };
  }
}

function asPassed({ rule }: RuleOutcome): RuleOutcome {
  return { rule, status: "passed", count: 0 };
}

/** Returns the outcomes of all rules on an input of a kind: the list of the kind, with other outcomes replaced. */
export function outcomesOf(list: Run["rules"], others: Run["rules"]): Run["rules"] {
  if (others.length === 0) return list;
  const changed = new Map(others.map((outcome) => [outcome.rule, outcome]));
  return list.map((outcome) => changed.get(outcome.rule) ?? outcome);
}
