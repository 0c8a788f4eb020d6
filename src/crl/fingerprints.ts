import { EntryBatch, headerSize, shortest } from "./entry-batch.ts";
import { batch as batchSize, serialLength, type Serials } from "./serials.ts";

/** Size of one block of the pool, in numbers. The first number is the end of the block before, of the same part. */
const blockSize = 2 ** 8;

/** Number of parts of the fingerprints, by their first ten bits. The tables of one part stay in the cache of a core. */
const parts = 1024;

/** Maximum number of slots of a table that are tried. Random fingerprints always need fewer. */
const maximumTries = 64;

/**
 * Fingerprints of serials, 64 bits each. They show for nearly every list without repeats that it has none, and for
 * nearly every two lists without a common serial that they have none. The bytes of the serials are read once, and need
 * not be kept. No repeat or common serial is missed. An author of serials can make fingerprints collide, but the only
 * effect is that the bytes are compared.
 */
export class Fingerprints {
  /**
   * Pairs of numbers in blocks, with space for the maximum number of entries: the system provides memory only for the
   * parts that are written to.
   */
  readonly #pool: Int32Array;
  /** The end of each part in the pool; 0 for an empty part. */
  readonly #ends = new Int32Array(parts);
  #used = blockSize;

  /** @param entries upper limit on the number of entries */
  constructor(entries: number) {
    this.#pool = new Int32Array((Math.ceil(entries / (blockSize / 2 - 1)) + parts + 1) * blockSize);
  }

  /**
   * Computes the fingerprints of serials that are in memory.
   *
   * @param indexes entries whose serials are used; default: all
   */
  static of(serials: Serials, indexes?: Int32Array): Fingerprints {
    const { length } = indexes ?? serials.offsets;
    const made = new Fingerprints(length);
    const batch = new EntryBatch(serials.bytes, batchSize * shortest);
    for (let from = 0; from < length; from += batchSize) {
      batch.count = Math.min(batchSize, length - from);
      notePlaces(serials, indexes, from, batch);
      made.addSerials(batch);
    }
    return made;
  }

  /** Adds the serials of entries. */
  addSerials({ view, base, starts, serialEnds, count }: EntryBatch): void {
    const pool = this.#pool;
    const ends = this.#ends;
    for (let i = 0; i < count; i += 1) {
      let at = (starts[i] as number) + headerSize - base;
      const end = (serialEnds[i] as number) - base;
      let one = end - at;
      let other = one;
      for (; at + 4 <= end; at += 4) {
        const word = view.getInt32(at);
        one = (Math.imul(one, 0x9e3779b1) + word) | 0;
        other = Math.imul(other ^ word ^ (other >>> 15), 0x85ebca6b);
      }
      for (; at < end; at += 1) {
        const byte = view.getUint8(at);
        one = (Math.imul(one, 0x9e3779b1) + byte) | 0;
        other = Math.imul(other ^ byte ^ (other >>> 15), 0x85ebca6b);
      }
      one = Math.imul(one ^ (one >>> 15), 0xc2b2ae35);
      const part = one >>> 22;
      let free = ends[part] as number;
      if (free % blockSize === 0) {
        pool[this.#used] = free;
        free = this.#used + 2;
        this.#used += blockSize;
      }
      pool[free] = one;
      pool[free + 1] = other;
      ends[part] = free + 2;
    }
  }

  /** Whether any two fingerprints may be of the same serial. */
  mayRepeat(): boolean {
    return this.mayMeet(this);
  }

  /** Whether any fingerprint may be of a serial in another list. May also be true if that list repeats a serial. */
  mayMeet(other: Fingerprints): boolean {
    let table = new Int32Array(4 * blockSize);
    for (let part = 0; part < parts; part += 1) {
      const count = other.#countAtMost(part);
      if (count * 2 > table.length) table = new Int32Array(2 ** Math.ceil(Math.log2(count * 2)));
      else if (count > 0) table.fill(0);
      if (other.#lookUp(part, table, other.#pool, true)) return true;
      if (count > 0 && other !== this && this.#lookUp(part, table, other.#pool, false)) return true;
    }
    return false;
  }

  /** Looks up the fingerprints of one part in a table of those of a pool, and adds them to it if `isPut`. */
  #lookUp(part: number, table: Int32Array, pool: Int32Array, isPut: boolean): boolean {
    for (let end = this.#ends[part] as number; end > 0; end = this.#before(end)) {
      if (meets(this.#pool, blockOf(end) + 2, end, table, pool, isPut)) return true;
    }
    return false;
  }

  /** Returns the number of fingerprints of a part, or a slightly larger number. */
  #countAtMost(part: number): number {
    let count = 0;
    for (let end = this.#ends[part] as number; end > 0; end = this.#before(end)) count += blockSize / 2;
    return count;
  }

  /** Returns the end of the block before the one with this end. */
  #before(end: number): number {
    return this.#pool[blockOf(end)] as number;
  }
}

/** Returns the start of the block with this end. */
function blockOf(end: number): number {
  return end - 1 - ((end - 1) % blockSize);
}

/**
 * Looks up fingerprints in a table of those of a pool, and adds them if `isPut`; returns whether one may be in it
 * already.
 */
function meets(
  own: Int32Array,
  from: number,
  to: number,
  table: Int32Array,
  pool: Int32Array,
  isPut: boolean,
): boolean {
  const mask = table.length - 1;
  for (let at = from; at < to; at += 2) {
    const one = own[at] as number;
    let slot = one & mask;
    for (let tries = 0; table[slot] !== 0; tries += 1) {
      const found = table[slot] as number;
      if (tries === maximumTries || (pool[found] === one && pool[found + 1] === own[at + 1])) return true;
      slot = (slot + 1) & mask;
    }
    if (isPut) table[slot] = at;
  }
  return false;
}

/** Writes the positions of serials to a batch, starting at one of them. */
function notePlaces(serials: Serials, indexes: Int32Array | undefined, from: number, batch: EntryBatch): void {
  const { count, starts, serialEnds } = batch;
  for (let i = 0; i < count; i += 1) {
    const index = indexes === undefined ? from + i : (indexes[from + i] as number);
    const offset = serials.offsets[index] as number;
    starts[i] = offset - headerSize;
    serialEnds[i] = offset + serialLength(serials, index);
  }
}
