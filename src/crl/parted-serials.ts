import { batch, hashSerials, isSameSerial, type Serials } from "./serials.ts";

/** Average number of entries in one part: its table then stays in the cache of a core. */
const partSize = 1024;

/** Returns the number of parts for a number of entries, as a power of two. */
export function partBits(count: number): number {
  return Math.min(16, Math.max(0, Math.ceil(Math.log2(count / partSize))));
}

/** Serials, grouped by the top bits of their hashes. The entries of each part are in ascending order. */
export interface PartedSerials {
  readonly serials: Serials;
  /** The start of each part, followed by the end of the last one. */
  readonly starts: Int32Array;
  /** Indexes of the entries, and their hashes in the same order, so a part is read in sequence. */
  readonly order: Int32Array;
  readonly hashes: Int32Array;
}

/**
 * Hashes serials and groups them into parts.
 *
 * @param bits number of parts as a power of two
 * @param indexes entries to group; default: all
 */
export function partSerials(serials: Serials, bits: number, indexes?: Int32Array): PartedSerials {
  const hashes = hashSerials(serials, indexes);
  const count = hashes.length;
  const next = new Int32Array(2 ** bits + 1);
  for (let from = 0; from < count; from += batch) countParts(hashes, bits, next, from, Math.min(from + batch, count));
  for (let i = 1; i < next.length; i += 1) next[i] = (next[i] as number) + (next[i - 1] as number);
  const order = new Int32Array(count);
  const parted: PartedSerials = { serials, starts: next.slice(), order, hashes: new Int32Array(count) };
  for (let from = 0; from < count; from += batch)
    place(hashes, indexes, bits, next, parted, from, Math.min(from + batch, count));
  return parted;
}

/** Returns the part of an entry. It shifts in two steps, because a shift by 32 is a shift by 0. */
function partOf(hash: number, bits: number): number {
  return (hash >>> 1) >>> (31 - bits);
}

/** Counts the entries of each part, at the index after that of the part. */
function countParts(hashes: Int32Array, bits: number, counts: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const next = partOf(hashes[i] as number, bits) + 1;
    counts[next] = (counts[next] as number) + 1;
  }
}

function place(
  hashes: Int32Array,
  indexes: Int32Array | undefined,
  bits: number,
  next: Int32Array,
  parted: PartedSerials,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i += 1) {
    const value = hashes[i] as number;
    const which = partOf(value, bits);
    const at = next[which] as number;
    parted.order[at] = indexes === undefined ? i : (indexes[i] as number);
    parted.hashes[at] = value;
    next[which] = at + 1;
  }
}

/** Table of one part at a time, with the first entry for each serial. If hashes are equal, the bytes are compared. */
export class SerialTable {
  /** The serials that the table is filled with. */
  readonly parted: PartedSerials;
  /**
   * For every entry, the index plus one of the first entry with its serial; 0 for that entry itself. Empty if none
   * repeats.
   */
  firsts = new Int32Array(0);
  /** Number of entries that repeat an earlier one. */
  repeats = 0;
  /**
   * Positions in `order` plus one, 0 for none. The low bits of the hash select the slot; if it is taken, a later one is
   * used.
   */
  #slots: Int32Array;

  constructor(parted: PartedSerials) {
    this.parted = parted;
    const size = Math.max(1, Math.min(2 * partSize, parted.order.length));
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * size)));
  }

  /** Replaces the current part with another one. */
  fill(part: number): void {
    const { starts } = this.parted;
    this.#slots.fill(0);
    let used = 0;
    for (let from = starts[part] ?? 0, end = starts[part + 1] ?? 0; from < end; from += batch) {
      const to = Math.min(from + batch, end);
      if ((used + to - from) * 2 > this.#slots.length) this.#slots = double(this.#slots, this.parted);
      used += this.#add(this.#slots, from, to);
    }
  }

  /**
   * Looks up the same part of other serials.
   *
   * @param places receives for every entry of the table the index of the first of them that was found plus one; else 0
   */
  find(others: PartedSerials, part: number, places: Int32Array): void {
    const { starts } = others;
    for (let from = starts[part] ?? 0, end = starts[part + 1] ?? 0; from < end; from += batch) {
      this.#find(this.#slots, others, from, Math.min(from + batch, end), places);
    }
  }

  /** Adds entries by their positions in `order`; returns the number of them that were new to the table. */
  #add(slots: Int32Array, from: number, to: number): number {
    const { serials, order, hashes } = this.parted;
    const mask = slots.length - 1;
    let used = 0;
    for (let at = from; at < to; at += 1) {
      const value = hashes[at] as number;
      for (let slot = value & mask; ; slot = (slot + 1) & mask) {
        const other = (slots[slot] as number) - 1;
        if (other < 0) {
          slots[slot] = at + 1;
          used += 1;
          break;
        }
        if (hashes[other] === value && isSameSerial(serials, order[other] as number, serials, order[at] as number)) {
          this.#noteRepeat(order[other] as number, order[at] as number);
          break;
        }
      }
    }
    return used;
  }

  #noteRepeat(first: number, index: number): void {
    if (this.repeats === 0) this.firsts = new Int32Array(this.parted.serials.offsets.length);
    this.firsts[index] = first + 1;
    this.repeats += 1;
  }

  #find(slots: Int32Array, others: PartedSerials, from: number, to: number, places: Int32Array): void {
    const { serials, order, hashes } = this.parted;
    const mask = slots.length - 1;
    for (let at = from; at < to; at += 1) {
      const value = others.hashes[at] as number;
      for (let slot = value & mask; ; slot = (slot + 1) & mask) {
        const own = (slots[slot] as number) - 1;
        if (own < 0) break;
        if (hashes[own] !== value) continue;
        const index = order[own] as number;
        if (!isSameSerial(serials, index, others.serials, others.order[at] as number)) continue;
        if (places[index] === 0) places[index] = (others.order[at] as number) + 1;
        break;
      }
    }
  }
}

/** Returns a table of twice the size with the same entries, which are all different. */
function double(slots: Int32Array, { hashes }: PartedSerials): Int32Array {
  const grown = new Int32Array(slots.length * 2);
  const mask = grown.length - 1;
  for (const place of slots) {
    if (place === 0) continue;
    let slot = (hashes[place - 1] as number) & mask;
    while (grown[slot] !== 0) slot = (slot + 1) & mask;
    grown[slot] = place;
  }
  return grown;
}
