import { countSteps } from "./interval.ts";
import type { Context } from "../rule/rule.ts";
import { tallyBy, type Violates } from "./tally-by.ts";

/** The maximum time from a revocation to the CRL that lists it: TLS BR 4.9.7. */
const day = 86_400;

/**
 * Counts entries that are new and dated more than 24 hours before thisUpdate, in one tally. Only consecutive CRLs are
 * compared: a CRL between the two may have listed the entries in time. Dates much earlier than the previous CRL are
 * reported by sequence/revocation-date-before-earlier-crl.
 *
 * @param violates returns the requirements that apply to an entry; default: all
 */
export function tallyPublishedLate(
  ctx: Context<"predecessorEntries" | "thisUpdate">,
  violates: Violates = () => true,
): void {
  const { predecessorEntries: previous, thisUpdate, crl, entries } = ctx;
  const before = previous.crl.thisUpdate?.seconds;
  const latest = thisUpdate.seconds - day;
  if (before === undefined || countSteps(previous, crl) !== 1) return;
  const earliest = before - day;
  const read = entries.openWindow();
  const what = (count: number): string =>
    `${count === 1 ? "is" : "are"} new and dated more than 24 hours before thisUpdate`;
  const tally = tallyBy(ctx, { what }, violates);
  previous.addedDates.forEach((date, i) => {
    if (date >= earliest && date < latest) tally.add(read(previous.changes.added[i] as number));
  });
}
