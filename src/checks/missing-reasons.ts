import type { Entries } from "../crl/entries.ts";
import { noReason } from "../crl/entry-reader.ts";

/** This many entries without a reasonCode, and none with one, indicate software that writes no reasons. */
export const manyWithoutReason = 100;

/** Whether there are many entries, all can be read, and none has a reasonCode. */
export function lacksReasons({ count, reasons, broken }: Entries): boolean {
  return count >= manyWithoutReason && !broken && reasons.get(noReason)?.count === count;
}
