import { unreadEntries } from "../crl/entries.ts";
import { findInForce } from "./in-force.ts";
import { type Resolution, resolve } from "./needs.ts";
import type { RuleOutcome } from "../rule/report.ts";
import type { Need } from "../rule/rule.ts";
import type { SelectedRule } from "./select.ts";
import type { Subject } from "./subject.ts";

/** What rules have asked for on one CRL, and got. */
export type Resolved = ReadonlyMap<Need, Resolution<unknown>>;

/** A rule that is left to be run on CRLs of one kind. */
export interface Left {
  /** Place of the rule in the list of rules. */
  readonly index: number;
  /** Whether it hangs on more than the kind whether the rule is in force: it is to be asked of each CRL. */
  readonly isOpen: boolean;
}

/** How rules stand to all CRLs of one kind: of the same dates, with the same fields and further inputs. */
export interface Plan {
  /** How each rule ends that has nothing to say; shared by all CRLs of the kind. */
  readonly outcomes: readonly RuleOutcome[];
  /** Rules that are in force and have what they need, in their order. */
  readonly left: readonly Left[];
}

/** Kinds that are kept: most folders hold a handful. */
const maximumKinds = 64;

/** Settles for a list of rules, once for each kind of CRL, which of them are in force and have what they need. */
export class Planner {
  readonly #rules: readonly SelectedRule[];
  readonly #allDates: boolean;
  /** What any of the rules asks for. */
  readonly #needs: readonly Need[];
  /** Moments from which on any of the rules is in force, in seconds since 1970, in their order. */
  readonly #starts: readonly number[];
  readonly #plans = new Map<string, Plan>();

  constructor(rules: readonly SelectedRule[], allDates: boolean) {
    this.#rules = rules;
    this.#allDates = allDates;
    const needs = new Set<Need>();
    const starts = new Set<number>();
    for (const { head, anyInForceFrom } of rules) {
      for (const need of head.needs) needs.add(need);
      if (Number.isFinite(anyInForceFrom)) starts.add(anyInForceFrom);
    }
    this.#needs = [...needs];
    this.#starts = [...starts].sort((a, b) => a - b);
  }

  /** The plan for a CRL, and what the rules asked for there. */
  planFor(subject: Subject): { readonly plan: Plan; readonly resolved: Resolved } {
    const resolved = new Map<Need, Resolution<unknown>>();
    let key = `${this.#eraOf(subject)} ${subject.crl.entries.broken}`;
    for (const need of this.#needs) {
      const resolution = resolve(need, subject);
      resolved.set(need, resolution);
      key +=
        "value" in resolution
          ? "+"
          : "skipped" in resolution
            ? `-${resolution.skipped}\n`
            : `.${resolution.notApplicable}\n`;
    }
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#makePlan(subject, resolved);
      if (this.#plans.size >= maximumKinds) this.#plans.clear();
      this.#plans.set(key, plan);
    }
    return { plan, resolved };
  }

  /** How a rule ends that does not run: it is not in force, or something that it needs is not there. */
  findObstacle(rule: SelectedRule, subject: Subject, resolved: Resolved): RuleOutcome | undefined {
    if (!isWhole(rule, subject)) {
      const { requirements, undated, why } = findInForce(rule.active, subject, this.#allDates);
      if (requirements.length === 0) return rule.unviolated(undated ? "skipped" : "not-in-force", why);
    }
    let skipped: string | undefined;
    for (const need of rule.head.needs) {
      const resolution = resolved.get(need);
      if (resolution === undefined || "value" in resolution) continue;
      if ("notApplicable" in resolution) return rule.unviolated("not-applicable", resolution.notApplicable);
      skipped ??= resolution.skipped;
    }
    return skipped === undefined ? undefined : rule.unviolated("skipped", skipped);
  }

  /** Between which moments of `#starts` a CRL is dated: the same rules are then in force. */
  #eraOf({ crl }: Subject): number {
    const seconds = crl.thisUpdate?.seconds;
    if (seconds === undefined) return -1;
    const next = this.#starts.findIndex((start) => start > seconds);
    return next === -1 ? this.#starts.length : next;
  }

  #makePlan(subject: Subject, resolved: Resolved): Plan {
    const outcomes: RuleOutcome[] = [];
    const left: Left[] = [];
    for (const [index, rule] of this.#rules.entries()) {
      const obstacle = this.findObstacle(rule, subject, resolved);
      const isOpen = rule.inForceFrom === Number.POSITIVE_INFINITY;
      outcomes.push(obstacle ?? unviolated(rule, subject));
      if (obstacle === undefined || isOpen) left.push({ index, isOpen });
    }
    return { outcomes, left };
  }
}

/** Whether all of a rule is in force, as far as one number tells. */
export function isWhole({ inForceFrom, active }: SelectedRule, { crl }: Subject): boolean {
  // What has no date is in force even where thisUpdate cannot be read.
  return active.length > 0 && inForceFrom <= (crl.thisUpdate?.seconds ?? Number.NEGATIVE_INFINITY);
}

/** A rule that looks at entries has not seen those that are hidden. */
export function unviolated(rule: SelectedRule, { crl }: Subject): RuleOutcome {
  const isBlind = crl.entries.broken && rule.head.needs.includes("revokedCertificates");
  return isBlind ? rule.unviolated("skipped", unreadEntries) : rule.unviolated("passed");
}
