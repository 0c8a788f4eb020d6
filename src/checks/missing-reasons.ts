import type { Entries } from "../crl/entries.ts";
import { noReason } from "../crl/entry-reader.ts";

/** Number of entries without a reasonCode that indicates, if none has one, software that writes no reasons. */
export const manyWithoutReason = 100;

/** Whether there are many entries, all can be read, and none has a reasonCode. */
export function lacksReasons({ count, reasons, broken }: Entries): boolean {
  return count >= manyWithoutReason && !broken && reasons.get(noReason)?.count === count;
}
