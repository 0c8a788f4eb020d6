import type { Crl } from "./crl.ts";
import type { Entries } from "./entries.ts";
import { matchSome } from "./match-serials.ts";
import { batch, isSameIssuer, isSameSerial, type Serials } from "./serials.ts";

/** Differences between the entries of a CRL and those of an earlier one, as ascending indexes into the two lists. */
export interface EntryChanges {
  /** Entries of the earlier CRL whose serial the later one does not list. */
  readonly removed: Int32Array;
  /** Entries of the later CRL whose serial the earlier one does not list. */
  readonly added: Int32Array;
  /** Entries in both whose bytes differ: for each, its index in the earlier and in the later CRL. */
  readonly changed: Int32Array;
}

/** Compares the entries of two CRLs by their serials. Linear in both, without an object per entry. */
export function compareEntries(earlier: Crl, later: Crl): EntryChanges {
  const [a, b] = [listOf(earlier), listOf(later)];
  const matches: Matches = {
    found: new Int32Array(a.count),
    isSame: new Uint8Array(a.count),
    isKept: new Uint8Array(b.count),
  };
  const { found, isSame, isKept } = matches;
  // If a serial is listed twice, its first position counts.
  const isInOrder = b.entries.repeats.count === 0 && matchInOrder(a, b, matches);
  const different = indexesOf(isSame, 0);
  const left = withValue(different, found, 0);
  if (left.length > 0 && b.entries.mayList(left, a.entries)) {
    // Without repeats, entries that already have a match can be excluded from the search.
    const among = isInOrder && a.entries.repeats.count === 0 ? indexesOf(isKept, 0) : undefined;
    matchSome(a.serials, left, b.serials, among, found);
  }
  const changed: number[] = [];
  for (const from of different) {
    const to = (found[from] as number) - 1;
    if (to < 0) continue;
    isKept[to] = 1;
    if (!hasSameBytes(a, from, b, to)) changed.push(from, to);
  }
  return {
    removed: withValue(left, found, 0),
    added: indexesOf(isKept, 0),
    changed: Int32Array.from(changed),
  };
}

/** The entries of a CRL, and the data needed to compare them. */
interface List {
  readonly entries: Entries;
  readonly serials: Serials;
  readonly count: number;
  /** The bytes of the CRL, to compare four at a time. */
  readonly view: DataView;
}

function listOf({ entries }: Crl): List {
  const { serials } = entries;
  const { buffer, byteOffset, byteLength } = serials.bytes;
  return { entries, serials, count: entries.count, view: new DataView(buffer, byteOffset, byteLength) };
}

/** Results of a comparison so far. */
interface Matches {
  /** For every entry of the earlier CRL, 1 if the later CRL has an entry with the same bytes. */
  readonly isSame: Uint8Array;
  /**
   * For every other entry of the earlier CRL, the index plus one of the first with its serial in the later CRL, or 0.
   */
  readonly found: Int32Array;
  /** For every entry of the later CRL, 1 if it was found. */
  readonly isKept: Uint8Array;
}

/** Initial number of entries to skip in search of positions from which two lists agree again. */
const nearby = 16;

/** Maximum number of failed comparisons in these searches, in addition to one for each matched entry. */
const attempts = 2 ** 16;

/**
 * Finds entries that follow one another in both lists: nearly all of two CRLs of one CA. Gives up if most do not,
 * because the lists then have different orders.
 *
 * @returns whether it completed
 */
function matchInOrder(a: List, b: List, { found, isSame, isKept }: Matches): boolean {
  let [from, to, spare, reach] = [0, 0, attempts, nearby];
  while (from < a.count && to < b.count) {
    const same = countSame(a, from, b, to);
    const length = same === 0 && isSameAt(a, from, b, to) ? 1 : same;
    if (length > same) found[from] = to + 1;
    isSame.fill(1, from, from + same);
    isKept.fill(1, to, to + length);
    from += length;
    to += length;
    if (length > 0) {
      spare += length;
      reach = nearby;
      continue;
    }
    const gap = findGap(a, from, b, to, reach);
    spare -= gap?.length ?? reach;
    if (spare < 0) return false;
    reach *= 2;
    from += gap?.before ?? 1;
    to += gap?.after ?? 1;
  }
  return true;
}

/** Returns the number of consecutive entries at two positions with the same bytes, up to a maximum. */
function countSame(a: List, from: number, b: List, to: number): number {
  const most = Math.min(batch, a.count - from, b.count - to);
  const start = a.entries.startOf(from);
  const shift = b.entries.startOf(to) - start;
  const end = Math.min(a.entries.endOf(from + most - 1), b.entries.endOf(to + most - 1) - shift);
  const difference = findDifference(a.view, start, end, b.view, shift);
  let [same, different] = [0, most + 1];
  // `same` entries end before the difference, and `different` entries do not.
  while (same + 1 < different) {
    const middle = (same + different) >> 1;
    if (a.entries.endOf(from + middle - 1) <= difference) same = middle;
    else different = middle;
  }
  for (let i = 0; i < same; i += 1) if (!isSameIssuer(a.serials, from + i, b.serials, to + i)) return i;
  return same;
}

/** Returns the offset of the first byte that differs, or the end. */
function findDifference(view: DataView, start: number, end: number, other: DataView, shift: number): number {
  let at = start;
  while (at + 16 <= end && differenceAt(view, at, other, at + shift) === 0) at += 16;
  while (at < end && view.getUint8(at) === other.getUint8(at + shift)) at += 1;
  return at;
}

/** Returns 0 if 16 bytes are the same. */
function differenceAt(view: DataView, at: number, other: DataView, to: number): number {
  return (
    (view.getInt32(at) ^ other.getInt32(to)) |
    (view.getInt32(at + 4) ^ other.getInt32(to + 4)) |
    (view.getInt32(at + 8) ^ other.getInt32(to + 8)) |
    (view.getInt32(at + 12) ^ other.getInt32(to + 12))
  );
}

/** Numbers of entries between two positions that only the first or only the second list has. */
interface Gap {
  readonly length: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Finds one of two entries in the other list, or the end of a run of entries that was replaced by one of the same
 * length.
 */
function findGap(a: List, from: number, b: List, to: number, reach: number): Gap | undefined {
  for (let length = 1; length <= reach; length += 1) {
    if (isSameAt(a, from + length, b, to + length)) return { length, before: length, after: length };
    if (isSameAt(a, from + length, b, to)) return { length, before: length, after: 0 };
    if (isSameAt(a, from, b, to + length)) return { length, before: 0, after: length };
  }
  return undefined;
}

function isSameAt(a: List, from: number, b: List, to: number): boolean {
  return from < a.count && to < b.count && isSameSerial(a.serials, from, b.serials, to);
}

/** Returns the indexes of all elements with a value. */
function indexesOf(list: Uint8Array, value: number): Int32Array {
  // The system provides memory only for the parts that are written to.
  const indexes = new Int32Array(list.length);
  let count = 0;
  for (let index = 0; index < list.length; index += 1) if (list[index] === value) indexes[count++] = index;
  return trim(indexes, count);
}

/** Returns those of some indexes whose element has a value. */
function withValue(indexes: Int32Array, list: Int32Array, value: number): Int32Array {
  const found = new Int32Array(indexes.length);
  let count = 0;
  for (let i = 0; i < indexes.length; i += 1) {
    const index = indexes[i] as number;
    if (list[index] === value) found[count++] = index;
  }
  return trim(found, count);
}

/** Returns the first numbers of a list, without a copy if they are most of it. */
function trim(list: Int32Array, count: number): Int32Array {
  return count * 2 < list.length ? list.slice(0, count) : list.subarray(0, count);
}

function hasSameBytes(a: List, from: number, b: List, to: number): boolean {
  const [start, end] = [a.entries.startOf(from), a.entries.endOf(from)];
  const shift = b.entries.startOf(to) - start;
  return b.entries.endOf(to) - shift === end && findDifference(a.view, start, end, b.view, shift) === end;
}
