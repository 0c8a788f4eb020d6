import type { Entries } from "../crl/entries.ts";
import { noReason } from "../crl/entry-reader.ts";
import type { BaseContext, EntryVisitor, Requirement } from "../rule/rule.ts";

/** Number of entries without a reasonCode that indicates, if none has one, software that writes no reasons. */
const manyWithoutReason = 100;

/** Whether there are many entries, all can be read, and none has a reasonCode. */
export function lacksReasons({ count, reasons, broken }: Entries): boolean {
  return count >= manyWithoutReason && !broken && reasons.get(noReason)?.count === count;
}

/** The requirement of a reason in entries of subscriber certificates: reason/missing-on-subscriber-entry. */
export const subscriberReasons: Requirement = {
  source: "tls-br",
  section: "7.2.2 crlEntryExtensions",
  severity: "notice",
  from: "2023-07-15",
  datedBy: "revocationDate",
  quote: "the reason for revocation (i.e., reasonCode) is unspecified (0)",
};

/**
 * Returns a visitor that counts the entries without a reasonCode, out of those of a CRL without any, that
 * `subscriberReasons` applies to: it exempts earlier revocations.
 *
 * @param end called with their number, and whether they are many
 */
export function countRecent(ctx: BaseContext, end: (recent: number, areMany: boolean) => void): EntryVisitor {
  let recent = 0;
  return {
    entry({ date }) {
      if (ctx.holdsAt(subscriberReasons, date)) recent += 1;
    },
    end: () => end(recent, recent >= manyWithoutReason),
  };
}
