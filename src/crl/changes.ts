import type { Crl } from "./crl.ts";
import { matchSerials } from "./match-serials.ts";

/** How the entries of a CRL differ from those of an earlier one; indexes into either list, ascending. */
export interface EntryChanges {
  /** Entries of the earlier CRL whose serial the later one does not list. */
  readonly removed: Int32Array;
  /** Entries of the later CRL whose serial the earlier one does not list. */
  readonly added: Int32Array;
  /** Entries in both whose bytes differ: two numbers each, index in the earlier and in the later CRL. */
  readonly changed: Int32Array;
}

/** Compares the entries of two CRLs by their serials. Linear in both, without an object per entry. */
export function compareEntries(earlier: Crl, later: Crl): EntryChanges {
  const found = matchSerials(earlier.entries.serials, later.entries.serials);
  const kept = new Uint8Array(later.entries.count);
  const removed: number[] = [];
  const changed: number[] = [];
  found.forEach((to, from) => {
    if (to < 0) {
      removed.push(from);
      return;
    }
    kept[to] = 1;
    if (!sameEntry(earlier, from, later, to)) changed.push(from, to);
  });
  const added: number[] = [];
  kept.forEach((isKept, index) => {
    if (isKept === 0) added.push(index);
  });
  return { removed: Int32Array.from(removed), added: Int32Array.from(added), changed: Int32Array.from(changed) };
}

/** Whether two entries are the same bytes. */
function sameEntry(a: Crl, one: number, b: Crl, other: number): boolean {
  const from = a.entries.startOf(one);
  const to = b.entries.startOf(other);
  const length = a.entries.endOf(one) - from;
  if (length !== b.entries.endOf(other) - to) return false;
  const { bytes } = a.source;
  const { bytes: others } = b.source;
  for (let i = 0; i < length; i += 1) if (bytes[from + i] !== others[to + i]) return false;
  return true;
}
