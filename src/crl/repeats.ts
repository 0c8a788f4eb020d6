import { partBits, partSerials, SerialTable } from "./parted-serials.ts";
import { isSameSerial, type Serials } from "./serials.ts";

/** Entries with the same serial as an earlier entry. */
export interface Repeats {
  /** Number of entries that repeat an earlier one. */
  readonly count: number;
  /**
   * For every entry, the index plus one of the first entry with its serial; 0 for that entry itself. It may end before
   * entries that do not repeat.
   */
  readonly firsts: Int32Array;
}

/** Maximum number of entries that are compared pairwise: this is faster than building a table. */
const few = 40;

/** The result if no serial appears twice. */
export const noRepeats: Repeats = { count: 0, firsts: new Int32Array(0) };

/**
 * Finds entries with the same serial (and, in an indirect CRL, the same certificate issuer). Hashes the bytes of the
 * serials, groups the entries into parts by their hash, and builds a small table for each part.
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
