import { batch, hashSerials, isSameSerial, type Serials } from "./serials.ts";

/**
 * Finds serials in one list of entries or in several. Linear in all of them, without an object per serial. The entries
 * are numbered across all lists.
 */
export class SerialIndex {
  readonly #lists: readonly Serials[];
  /** Number of the first entry of each list, followed by the number of all entries. */
  readonly #starts: Int32Array;
  readonly #hashes: Int32Array;
  /** Number of an entry plus one, 0 for none. The hash selects the slot; if it is taken, a later one is used. */
  readonly #slots: Int32Array;
  /**
   * For each entry, the number plus one of the first with its serial; 0 for that entry itself. Created at the first
   * repeat.
   */
  #firsts: Int32Array | undefined;

  constructor(lists: readonly Serials[]) {
    this.#lists = lists;
    this.#starts = new Int32Array(lists.length + 1);
    lists.forEach(({ offsets }, i) => (this.#starts[i + 1] = (this.#starts[i] ?? 0) + offsets.length));
    const count = this.#starts[lists.length] ?? 0;
    this.#hashes = new Int32Array(count);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)));
    lists.forEach((list, i) => {
      const start = this.#starts[i] ?? 0;
      this.#hashes.set(hashSerials(list), start);
      const end = start + list.offsets.length;
      for (let from = start; from < end; from += batch) this.#insert(list, start, from, Math.min(from + batch, end));
    });
  }

  /** Returns for every index of `wanted` the number of the first entry with that serial, or -1. */
  find(wanted: Serials): Int32Array {
    const hashes = hashSerials(wanted);
    const found = new Int32Array(hashes.length).fill(-1);
    for (let from = 0; from < hashes.length; from += batch) {
      this.#find(wanted, hashes, found, from, Math.min(from + batch, hashes.length));
    }
    return found;
  }

  /** Returns the index of the list of an entry, by the number of the entry. */
  listOf(number: number): number {
    let low = 0;
    let high = this.#lists.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Returns the number of the first entry of a list. */
  startOf(list: number): number {
    return this.#starts[list] ?? 0;
  }

  /** Whether any serial appears more than once. */
  get hasRepeats(): boolean {
    return this.#firsts !== undefined;
  }

  /** Returns the number of the first entry with the same serial as an entry: its own number, or an earlier one. */
  firstOf(number: number): number {
    const first = this.#firsts?.[number] ?? 0;
    return first === 0 ? number : first - 1;
  }

  #insert(list: Serials, start: number, from: number, to: number): void {
    const mask = this.#slots.length - 1;
    for (let number = from; number < to; number += 1) {
      const value = this.#hashes[number] as number;
      for (let slot = value & mask; ; slot = (slot + 1) & mask) {
        const other = (this.#slots[slot] as number) - 1;
        if (other < 0) {
          this.#slots[slot] = number + 1;
          break;
        }
        if (this.#hashes[other] === value && this.#isSame(list, number - start, other)) {
          this.#firsts ??= new Int32Array(this.#hashes.length);
          this.#firsts[number] = other + 1;
          break;
        }
      }
    }
  }

  #find(wanted: Serials, hashes: Int32Array, found: Int32Array, from: number, to: number): void {
    const mask = this.#slots.length - 1;
    for (let index = from; index < to; index += 1) {
      const value = hashes[index] as number;
      for (let slot = value & mask; ; slot = (slot + 1) & mask) {
        const other = (this.#slots[slot] as number) - 1;
        if (other < 0) break;
        if (this.#hashes[other] === value && this.#isSame(wanted, index, other)) {
          found[index] = other;
          break;
        }
      }
    }
  }

  #isSame(list: Serials, index: number, number: number): boolean {
    const at = this.listOf(number);
    const other = this.#lists[at];
    return other !== undefined && isSameSerial(list, index, other, number - this.startOf(at));
  }
}
