/** Entries whose serial an earlier entry has too. */
export interface Repeats {
  /** Number of entries that repeat an earlier one. */
  readonly count: number;
  /** Two numbers each: index of the first entry with the serial, index of the one that repeats it. */
  readonly pairs: Int32Array;
}

/** Where the serials of all entries stand. */
export interface Serials {
  readonly bytes: Uint8Array;
  /** Offset of the contents octets of each serial, and their number. */
  readonly offsets: Int32Array;
  readonly lengths: Int32Array;
  /** For an indirect CRL: offset and length of the certificateIssuer value in effect for each entry. */
  readonly issuers: { readonly offsets: Int32Array; readonly lengths: Int32Array } | undefined;
}

/** A bounded piece of work per call lets the engine optimise the loop as a whole function. */
const batch = 256;

/**
 * Finds entries with the same serial (and, in an indirect CRL, the same certificate issuer) by hashing the octets of
 * the serial into an open-addressing table of entry numbers. The hash is seeded per call, so that serials cannot be
 * chosen to collide; octets are compared where hashes meet.
 */
export function findRepeats(serials: Serials): Repeats {
  const count = serials.offsets.length;
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2));
  const table = {
    slots: new Int32Array(size),
    hashes: new Int32Array(count),
    seed: Math.trunc(Math.random() * 2 ** 32),
  };
  const pairs: number[] = [];
  for (let from = 0; from < count; from += batch) insert(serials, table, from, Math.min(from + batch, count), pairs);
  return { count: pairs.length / 2, pairs: Int32Array.from(pairs) };
}

interface Table {
  /** Entry number plus one; 0 is free. */
  readonly slots: Int32Array;
  readonly hashes: Int32Array;
  readonly seed: number;
}

function insert(serials: Serials, { slots, hashes, seed }: Table, from: number, to: number, pairs: number[]): void {
  const { bytes, offsets, lengths } = serials;
  const mask = slots.length - 1;
  for (let index = from; index < to; index += 1) {
    const start = offsets[index] ?? 0;
    const end = start + (lengths[index] ?? 0);
    let hash = seed | 0;
    for (let i = start; i < end; i += 1) {
      hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hashes[index] = hash;
    let slot = hash & mask;
    for (;;) {
      const other = (slots[slot] ?? 0) - 1;
      if (other < 0) {
        slots[slot] = index + 1;
        break;
      }
      if (hashes[other] === hash && isSame(serials, other, index)) {
        pairs.push(other, index);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
}

function isSame({ bytes, offsets, lengths, issuers }: Serials, one: number, other: number): boolean {
  if (!sameAt(bytes, offsets, lengths, one, other)) return false;
  return issuers === undefined || sameAt(bytes, issuers.offsets, issuers.lengths, one, other);
}

function sameAt(bytes: Uint8Array, offsets: Int32Array, lengths: Int32Array, one: number, other: number): boolean {
  const length = lengths[one] ?? 0;
  if (length !== lengths[other]) return false;
  const a = offsets[one] ?? 0;
  const b = offsets[other] ?? 0;
  if (a === b) return true;
  for (let i = 0; i < length; i += 1) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}
