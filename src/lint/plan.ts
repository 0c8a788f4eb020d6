import { unreadEntries } from "../crl/entries.ts";
import type { Input } from "../rule/aspects.ts";
import type { RuleOutcome } from "../rule/report.ts";
import type { Requirement } from "../rule/rule.ts";
import { changesOf, dateBy, type DecidingDate, findInForce } from "./in-force.ts";
import { OccasionNumbers } from "./occasions.ts";
import { type Resolution, resolve } from "./resolve-inputs.ts";
import type { SelectedRule } from "./select.ts";
import type { Subject } from "./subject.ts";

/** The inputs that rules look at, resolved for one CRL. */
export type Resolved = ReadonlyMap<Input, Resolution<unknown>>;

/** A rule that is left to run on CRLs of one kind. */
export interface PendingRule {
  /** Index of the rule in the list of rules. */
  readonly index: number;
  /** Numbers of the occasions that it looks at. */
  readonly occasions: readonly number[];
}

/** Plan for all CRLs of one kind: they have the same requirements in force and the same inputs. */
export interface Plan {
  /** Outcome of each rule if it reports nothing. All CRLs of the kind share them. */
  readonly outcomes: readonly RuleOutcome[];
  /** Rules that are in force and have their inputs, in order. */
  readonly pending: readonly PendingRule[];
  /** Requirements in force of the rules that have run, by the index of the rule. */
  readonly inForce: Map<number, readonly Requirement[]>;
}

/** Maximum number of kinds that are kept: most directories contain only a few. */
const maximumKinds = 64;

/** Determines which rules of a list are in force and have their inputs, once for each kind of CRL. */
export class Planner {
  readonly #rules: readonly SelectedRule[];
  readonly #allDates: boolean;
  /** All inputs that at least one of the rules looks at. */
  readonly #inputs: readonly Input[];
  /** The times at which requirements begin or cease to be in force, sorted, by the deciding date. */
  readonly #changes: Readonly<Record<DecidingDate, readonly number[]>>;
  /** The occasions that the rules look at. */
  readonly occasions = new OccasionNumbers();
  readonly #plans = new Map<string, Plan>();
  /** The kind of the last CRL, which is usually that of the next one. */
  #last: { readonly kind: readonly string[]; readonly plan: Plan } | undefined;

  constructor(rules: readonly SelectedRule[], allDates: boolean) {
    this.#rules = rules;
    this.#allDates = allDates;
    const inputs = new Set<Input>();
    const changes = { thisUpdate: new Set<number>(), caNotBefore: new Set<number>() };
    for (const rule of rules) {
      for (const input of rule.inputs) inputs.add(input);
      for (const requirement of rule.active) {
        const { by, at } = changesOf(requirement);
        for (const each of at) changes[by].add(each);
      }
    }
    const sorted = (times: ReadonlySet<number>): readonly number[] => [...times].sort((a, b) => a - b);
    this.#inputs = [...inputs];
    this.#changes = { thisUpdate: sorted(changes.thisUpdate), caNotBefore: sorted(changes.caNotBefore) };
  }

  /** Returns the plan for a CRL, and the inputs that the rules look at. */
  planFor(subject: Subject): { readonly plan: Plan; readonly resolved: Resolved } {
    const resolved = new Map<Input, Resolution<unknown>>();
    const { crl, anyCa, noCaFound = "" } = subject;
    const eras = `${this.#eraOf("thisUpdate", subject)} ${this.#eraOf("caNotBefore", subject)}`;
    const kind = [`${eras} ${crl.entries.broken} ${anyCa === undefined}`, noCaFound];
    for (const input of this.#inputs) {
      const resolution = resolve(input, subject);
      resolved.set(input, resolution);
      // The texts differ: a reason to skip an input is never also a reason why it is not applicable.
      kind.push("value" in resolution ? "" : "skipped" in resolution ? resolution.skipped : resolution.notApplicable);
    }
    const last = this.#last;
    if (last?.kind.every((part, i) => part === kind[i]) === true) return { plan: last.plan, resolved };
    const key = JSON.stringify(kind);
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#makePlan(subject, resolved);
      if (this.#plans.size >= maximumKinds) this.#plans.clear();
      this.#plans.set(key, plan);
    }
    this.#last = { kind, plan };
    return { plan, resolved };
  }

  #makePlan(subject: Subject, resolved: Resolved): Plan {
    const pending: PendingRule[] = [];
    const outcomes = this.#rules.map((rule, index) => {
      const obstacle = this.#findObstacle(rule, subject, resolved);
      if (obstacle === undefined) pending.push({ index, occasions: this.occasions.of(rule.occasions) });
      return obstacle ?? outcomeWithoutFinding(rule, subject);
    });
    return { outcomes, pending, inForce: new Map() };
  }

  /** Returns the outcome of a rule that cannot run: it is not in force, or one of its inputs is missing. */
  #findObstacle(rule: SelectedRule, subject: Subject, resolved: Resolved): RuleOutcome | undefined {
    const { requirements, undated, why } = findInForce(rule.active, subject, this.#allDates);
    if (requirements.length === 0) return rule.outcomeWithoutFinding(undated ? "skipped" : "not-in-force", why);
    let skipped: string | undefined;
    for (const input of rule.inputs) {
      const resolution = resolved.get(input);
      if (resolution === undefined || "value" in resolution) continue;
      if ("notApplicable" in resolution) return rule.outcomeWithoutFinding("not-applicable", resolution.notApplicable);
      skipped ??= resolution.skipped;
    }
    return skipped === undefined ? undefined : rule.outcomeWithoutFinding("skipped", skipped);
  }

  /**
   * Returns the number of changes that are not later than the date of a CRL, or of its CA certificate; -1 if the date
   * is not known. If this number is the same for two CRLs, so are their requirements in force.
   */
  #eraOf(by: DecidingDate, subject: Subject): number {
    const seconds = dateBy(by, subject);
    if (seconds === undefined) return -1;
    const changes = this.#changes[by];
    const next = changes.findIndex((change) => change > seconds);
    return next === -1 ? changes.length : next;
  }
}

/**
 * Returns the outcome of a rule that reports nothing. A rule that looks at entries has not passed if some are hidden.
 */
function outcomeWithoutFinding(rule: SelectedRule, { crl }: Subject): RuleOutcome {
  const cannotSeeEntries = crl.entries.broken && rule.inputs.includes("revokedCertificates");
  return cannotSeeEntries ? rule.outcomeWithoutFinding("skipped", unreadEntries) : rule.outcomeWithoutFinding("passed");
}
