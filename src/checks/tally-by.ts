import type { Entry } from "../crl/entry-reader.ts";
import type { BaseContext, EntryTally, Requirement, TallyOptions } from "../rule/rule.ts";

/** Whether an entry violates a requirement. */
export type Violates = (requirement: Requirement, entry: Entry) => boolean;

/** Options of a tally; a function returns those of the tally that is opened for some requirements. */
type Options = Omit<TallyOptions, "violates"> | ((violates: readonly Requirement[]) => Omit<TallyOptions, "violates">);

/**
 * Tallies entries by the requirements that they violate: one finding for each combination that occurs. An entry that
 * violates none is not counted.
 */
export function tallyBy(ctx: BaseContext, options: Options, violates: Violates): Pick<EntryTally, "add"> {
  const tallies = new Map<number, EntryTally>();
  return {
    add(entry) {
      let mask = 0;
      ctx.requirements.forEach((requirement, i) => {
        if (violates(requirement, entry)) mask |= 1 << i;
      });
      if (mask === 0) return;
      let tally = tallies.get(mask);
      if (tally === undefined) {
        const violated = ctx.requirements.filter((_, i) => (mask & (1 << i)) !== 0);
        tally = ctx.tally({ ...(typeof options === "function" ? options(violated) : options), violates: violated });
        tallies.set(mask, tally);
      }
      tally.add(entry);
    },
  };
}
