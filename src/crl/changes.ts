import type { Crl } from "./crl.ts";
import { isSameSerial, type Serials } from "./repeats.ts";
import { SerialIndex } from "./serial-index.ts";

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
  const found = findEntries(earlier, later);
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

/** Returns for every entry of one CRL the index of the first one with its serial in the other, or -1. */
function findEntries({ entries: earlier }: Crl, { entries: later }: Crl): Int32Array {
  const [a, b] = [earlier.serials, later.serials];
  const found = new Int32Array(earlier.count).fill(-1);
  // Of a serial that is listed twice, the first place counts.
  if (later.repeats.count === 0) matchInOrder(a, b, found);
  const left = indexesOf(found, -1);
  if (left.length === 0) return found;
  const wanted = pick(a, left);
  const index = new SerialIndex([wanted]);
  const places = new Int32Array(left.length).fill(-1);
  index.find(b).forEach((number, to) => {
    if (number >= 0 && places[number] === -1) places[number] = to;
  });
  left.forEach((from, number) => (found[from] = places[index.firstOf(number)] ?? -1));
  return found;
}

/** Entries that a CA adds or drops in one place, as far as they are skipped. */
const maximumGap = 16;

/**
 * Finds entries that follow each other in both lists: nearly all in two CRLs of a CA. Gives up if most do not, because
 * the lists then have different orders.
 */
function matchInOrder(a: Serials, b: Serials, found: Int32Array): void {
  let [from, to, misses] = [0, 0, 0];
  while (from < a.offsets.length && to < b.offsets.length && misses <= 64 + from / 8) {
    const length = matchRun(a, from, b, to, found);
    from += length;
    to += length;
    if (length > 0) continue;
    misses += 1;
    let gap = 1;
    while (gap <= maximumGap && !isSameAt(a, from, b, to + gap) && !isSameAt(a, from + gap, b, to)) gap += 1;
    const isReplaced = gap > maximumGap;
    if (isReplaced || !isSameAt(a, from, b, to + gap)) from += isReplaced ? 1 : gap;
    else to += gap;
    if (isReplaced) to += 1;
  }
}

/** A bounded piece of work is optimized as a whole function. */
const batch = 256;

/** Matches entries as long as they are the same, and not too many; returns how many. */
function matchRun(a: Serials, from: number, b: Serials, to: number, found: Int32Array): number {
  const most = Math.min(batch, a.offsets.length - from, b.offsets.length - to);
  let length = 0;
  for (; length < most && isSameSerial(a, from + length, b, to + length); length += 1)
    found[from + length] = to + length;
  return length;
}

function isSameAt(a: Serials, from: number, b: Serials, to: number): boolean {
  return from < a.offsets.length && to < b.offsets.length && isSameSerial(a, from, b, to);
}

/** The indexes of all elements with a value. */
function indexesOf(list: Int32Array, value: number): Int32Array {
  const indexes = new Int32Array(list.length);
  let count = 0;
  list.forEach((each, index) => {
    if (each === value) indexes[count++] = index;
  });
  return indexes.subarray(0, count);
}

/** The serials of some entries. */
function pick({ bytes, offsets, lengths, issuers }: Serials, indexes: Int32Array): Serials {
  const of = (column: Int32Array): Int32Array => indexes.map((index) => column[index] ?? 0);
  return {
    bytes,
    offsets: of(offsets),
    lengths: lengths && of(lengths),
    issuers: issuers && { offsets: of(issuers.offsets), lengths: of(issuers.lengths) },
  };
}
