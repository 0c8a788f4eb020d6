import type { RuleOutcome, Run } from "../rule/report.ts";

/** How the rules ended on one input, as a report of many inputs states it. */
export interface Outcomes {
  /** Number of its kind, from 0; undefined if it has none. */
  readonly kind: number | undefined;
  /** How rules end on an input of the kind that neither fail nor crash, if this is the first one. */
  readonly list: readonly RuleOutcome[] | undefined;
  /** Rules that failed or crashed; all rules without a kind. */
  readonly rules: readonly RuleOutcome[];
}

/** Kinds of one report: most calls have a handful. The number limits the memory that hostile inputs can take. */
const maximumKinds = 256;

/**
 * The kinds of input of one report. On inputs of one kind all rules ended the same, except those that failed or crashed,
 * which have passed in the list of the kind. So a report states once how 350 rules ended, not for every CRL.
 */
export class Kinds {
  /** Numbers of kinds by the texts of their lists. */
  readonly #numbers = new Map<string, number>();
  /** CRLs of one kind on which no rule reports anything share a list. */
  readonly #known = new WeakMap<Run["rules"], Outcomes>();

  /** Returns how the rules ended on the next input. */
  add(rules: Run["rules"]): Outcomes {
    const known = this.#known.get(rules);
    if (known !== undefined) return known;
    const list = rules.map(asPassed);
    const key = list.map(({ rule, status, why = "" }) => `${rule} ${status} ${why}`).join("\n");
    const others = rules.filter((outcome, i) => outcome !== list[i]);
    const number = this.#numbers.get(key);
    if (number === undefined && this.#numbers.size >= maximumKinds) return { kind: undefined, list: undefined, rules };
    const outcomes = { kind: number ?? this.#numbers.size, list: undefined, rules: others };
    this.#known.set(rules, outcomes);
    if (number !== undefined) return outcomes;
    this.#numbers.set(key, outcomes.kind);
    return { ...outcomes, list };
  }
}

function asPassed(outcome: RuleOutcome): RuleOutcome {
  const { rule, status } = outcome;
  return status === "failed" || status === "crashed" ? { rule, status: "passed", count: 0 } : outcome;
}

/** Returns how all rules ended on an input of a kind, from the list of the kind and the rules that ended otherwise. */
export function outcomesOf(list: Run["rules"], others: Run["rules"]): Run["rules"] {
  if (others.length === 0) return list;
  const changed = new Map(others.map((outcome) => [outcome.rule, outcome]));
  return list.map((outcome) => changed.get(outcome.rule) ?? outcome);
}
