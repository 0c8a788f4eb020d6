import { partBits, partSerials, SerialTable } from "./parted-serials.ts";
import { isSameSerial, type Serials } from "./serials.ts";

/** Entries whose serial an earlier entry has too. */
export interface Repeats {
  /** Number of entries that repeat an earlier one. */
  readonly count: number;
  /**
   * For every entry the index of the first one with its serial plus one, 0 if that is itself; it may end before
   * entries that do not repeat.
   */
  readonly firsts: Int32Array;
}

/** Up to so many entries are compared each with each: sooner done than a table is made. */
const few = 40;

/** The result if no serial appears twice. */
export const noRepeats: Repeats = { count: 0, firsts: new Int32Array(0) };

/**
 * Finds entries with the same serial (and, in an indirect CRL, the same certificate issuer): hashes the bytes of the
 * serials, parts the entries by their hash, and puts those of each part into a small table.
 */
export function findRepeats(serials: Serials): Repeats {
  const count = serials.offsets.length;
  if (count <= few) return compareAll(serials);
  const bits = partBits(count);
  const table = new SerialTable(partSerials(serials, bits));
  for (let part = 0; part < 2 ** bits; part += 1) table.fill(part);
  return { count: table.repeats, firsts: table.firsts };
}

function compareAll(serials: Serials): Repeats {
  const count = serials.offsets.length;
  const firsts = new Int32Array(count);
  let repeats = 0;
  for (let index = 1; index < count; index += 1) {
    let first = 0;
    while (first < index && !isSameSerial(serials, first, serials, index)) first += 1;
    if (first === index) continue;
    firsts[index] = first + 1;
    repeats += 1;
  }
  return repeats === 0 ? noRepeats : { count: repeats, firsts };
}
