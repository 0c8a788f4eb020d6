/** Entries whose serial an earlier entry has too. */
export interface Repeats {
  /** Number of entries that repeat an earlier one. */
  readonly count: number;
  /** Two numbers each: index of the first entry with the serial, index of the one that repeats it; by the latter. */
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

/** Entries that one call hashes: a bounded piece of work is optimised as a whole function. */
const hashed = 256;

/** Entries that one partition holds on average, so that its table stays in the cache of a core. */
const partitionSize = 1024;

/**
 * Finds entries with the same serial (and, in an indirect CRL, the same certificate issuer): hashes the octets of the
 * serials, parts the entries by their hash, and puts those of each part into a small open-addressing table. The hash
 * is seeded per call, so that serials cannot be chosen to collide; octets are compared where hashes meet.
 */
export function findRepeats(serials: Serials): Repeats {
  const count = serials.offsets.length;
  const bits = Math.min(16, Math.max(0, Math.ceil(Math.log2(count / partitionSize))));
  const hashes = hashSerials(serials, randomSeed());
  const { order, starts } = part(hashes, bits);
  const found: Found = { firsts: undefined, count: 0 };
  let table = new Int32Array(4 * partitionSize);
  for (let i = 0; i + 1 < starts.length; i += 1) {
    const from = starts[i] ?? 0;
    const to = starts[i + 1] ?? 0;
    if (to - from < 2) continue;
    const size = 2 ** Math.ceil(Math.log2((to - from) * 2));
    if (size > table.length) table = new Int32Array(size);
    fill(serials, hashes, order, from, to, table.subarray(0, size), found);
  }
  return { count: found.count, pairs: pairsOf(found) };
}

/** A seed that whoever chose the serials cannot know. */
export function randomSeed(): number {
  return Math.trunc(Math.random() * 2 ** 32) | 0;
}

/** Hashes of the octets of all serials; the same octets give the same hash for the same seed. */
export function hashSerials(serials: Serials, seed: number): Int32Array {
  const count = serials.offsets.length;
  const hashes = new Int32Array(count);
  for (let from = 0; from < count; from += hashed) hash(serials, hashes, seed, from, Math.min(from + hashed, count));
  return hashes;
}

interface Found {
  /** For every entry the first one with its serial plus one; 0 where it repeats none. Made when there is one. */
  firsts: Int32Array | undefined;
  count: number;
}

function hash({ bytes, offsets, lengths }: Serials, hashes: Int32Array, seed: number, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    let at = offsets[index] as number;
    const end = at + (lengths[index] as number);
    let value = seed ^ (end - at);
    for (; at + 3 < end; at += 4) {
      const word =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      value = Math.imul(value ^ word, 0x9e3779b1);
      value ^= value >>> 15;
    }
    for (; at < end; at += 1) value = Math.imul(value ^ (bytes[at] as number), 0x85ebca6b);
    hashes[index] = value ^ (value >>> 13);
  }
}

/** Sorts entry numbers by the top bits of their hashes, those of one part in ascending order. */
function part(hashes: Int32Array, bits: number): { readonly order: Int32Array; readonly starts: Int32Array } {
  const shift = 32 - bits;
  const partOf = (value: number): number => (bits === 0 ? 0 : value >>> shift);
  const starts = new Int32Array(2 ** bits + 1);
  for (const value of hashes) starts[partOf(value) + 1] = (starts[partOf(value) + 1] as number) + 1;
  for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  const next = starts.slice();
  const order = new Int32Array(hashes.length);
  for (let index = 0; index < hashes.length; index += 1) {
    const to = partOf(hashes[index] as number);
    const place = next[to] as number;
    order[place] = index;
    next[to] = place + 1;
  }
  return { order, starts };
}

function fill(
  serials: Serials,
  hashes: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
  table: Int32Array,
  found: Found,
): void {
  const mask = table.length - 1;
  table.fill(0);
  for (let place = from; place < to; place += 1) {
    const index = order[place] as number;
    const value = hashes[index] as number;
    let slot = value & mask;
    for (;;) {
      const other = (table[slot] as number) - 1;
      if (other < 0) {
        table[slot] = index + 1;
        break;
      }
      if (hashes[other] === value && isSameSerial(serials, other, serials, index)) {
        found.firsts ??= new Int32Array(hashes.length);
        found.firsts[index] = other + 1;
        found.count += 1;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
}

function pairsOf({ firsts, count }: Found): Int32Array {
  const pairs = new Int32Array(count * 2);
  let at = 0;
  firsts?.forEach((first, index) => {
    if (first === 0) return;
    pairs[at] = first - 1;
    pairs[at + 1] = index;
    at += 2;
  });
  return pairs;
}

/**
 * Whether two entries, of one CRL or of two, have the same serial octets and, in an indirect CRL, the same certificate
 * issuer.
 */
export function isSameSerial(a: Serials, one: number, b: Serials, other: number): boolean {
  if (!sameAt(a.bytes, a, one, b.bytes, b, other)) return false;
  if (a.issuers === undefined && b.issuers === undefined) return true;
  return sameAt(a.bytes, a.issuers ?? none, one, b.bytes, b.issuers ?? none, other);
}

type Places = Pick<Serials, "offsets" | "lengths">;

/** Places of what no entry has. */
const none: Places = { offsets: new Int32Array(0), lengths: new Int32Array(0) };

function sameAt(aBytes: Uint8Array, a: Places, one: number, bBytes: Uint8Array, b: Places, other: number): boolean {
  const length = a.lengths[one] ?? 0;
  if (length !== (b.lengths[other] ?? 0)) return false;
  const from = a.offsets[one] ?? 0;
  const to = b.offsets[other] ?? 0;
  if (aBytes === bBytes && from === to) return true;
  for (let i = 0; i < length; i += 1) if (aBytes[from + i] !== bBytes[to + i]) return false;
  return true;
}
