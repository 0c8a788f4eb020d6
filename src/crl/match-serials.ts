import { hashSerials, isSameSerial, randomSeed, type Serials } from "./repeats.ts";

/**
 * Finds for every serial of one list where it stands in another one: two CRLs, or a CRL and certificates. Linear in
 * both, without an object per serial.
 *
 * @returns for every index of `a` the index of the first same serial in `b`, or -1
 */
export function matchSerials(a: Serials, b: Serials): Int32Array {
  const seed = randomSeed();
  const hashes = hashSerials(b, seed);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(hashes.length * 2 + 2)));
  for (let from = 0; from < hashes.length; from += batch) insert(b, hashes, slots, from, Math.min(from + batch, hashes.length));
  const wanted = hashSerials(a, seed);
  const found = new Int32Array(wanted.length).fill(-1);
  for (let from = 0; from < wanted.length; from += batch) {
    find(a, wanted, b, hashes, slots, found, from, Math.min(from + batch, wanted.length));
  }
  return found;
}

/** A bounded piece of work is optimised as a whole function. */
const batch = 256;

function insert(b: Serials, hashes: Int32Array, slots: Int32Array, from: number, to: number): void {
  const mask = slots.length - 1;
  for (let index = from; index < to; index += 1) {
    const value = hashes[index] as number;
    let slot = value & mask;
    for (;;) {
      const other = (slots[slot] as number) - 1;
      if (other < 0) {
        slots[slot] = index + 1;
        break;
      }
      // A serial that repeats an earlier one is found at the earlier one.
      if (hashes[other] === value && isSameSerial(b, other, b, index)) break;
      slot = (slot + 1) & mask;
    }
  }
}

function find(
  a: Serials,
  wanted: Int32Array,
  b: Serials,
  hashes: Int32Array,
  slots: Int32Array,
  found: Int32Array,
  from: number,
  to: number,
): void {
  const mask = slots.length - 1;
  for (let index = from; index < to; index += 1) {
    const value = wanted[index] as number;
    for (let slot = value & mask; ; slot = (slot + 1) & mask) {
      const other = (slots[slot] as number) - 1;
      if (other < 0) break;
      if (hashes[other] === value && isSameSerial(a, index, b, other)) {
        found[index] = other;
        break;
      }
    }
  }
}
