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

/** The places of the serials of all entries. */
export interface Serials {
  readonly bytes: Uint8Array;
  /** Offset of the contents octets of each serial. */
  readonly offsets: Int32Array;
  /** Number of the contents octets of each; undefined if it is the byte before each serial (X.690 8.1.3.4). */
  readonly lengths: Int32Array | undefined;
  /** For an indirect CRL: offset and length of the certificateIssuer value in effect for each entry. */
  readonly issuers: { readonly offsets: Int32Array; readonly lengths: Int32Array } | undefined;
}

/** Entries that one call goes through: a bounded piece of work is optimized as a whole function. */
const batch = 256;

/** Entries that one part holds on average, so that its table stays in the cache of a core. */
const partSize = 1024;

/** Up to so many entries are compared each with each: sooner done than a table is made. */
const few = 40;

/**
 * Finds entries with the same serial (and, in an indirect CRL, the same certificate issuer): hashes the bytes of the
 * serials, parts the entries by their hash, and puts those of each part into a small open-addressing table. Bytes are
 * compared where hashes meet.
 */
export function findRepeats(serials: Serials): Repeats {
  const count = serials.offsets.length;
  if (count <= few) return compareAll(serials);
  const bits = Math.min(16, Math.max(0, Math.ceil(Math.log2(count / partSize))));
  const hashes = hashSerials(serials);
  const parted = part(hashes, bits);
  // The hashes are now in `parted`; their array is reused.
  const found: Found = { firsts: hashes.fill(0), count: 0 };
  const { starts } = parted;
  let table = new Int32Array(4 * partSize);
  for (let i = 0; i + 1 < starts.length; i += 1) {
    table.fill(0);
    let used = 0;
    for (let from = starts[i] ?? 0, end = starts[i + 1] ?? 0; from < end; from += batch) {
      if ((used + batch) * 2 > table.length) table = double(table, parted);
      used += insert(serials, parted, from, Math.min(from + batch, end), table, found);
    }
  }
  return repeatsOf(found);
}

function compareAll(serials: Serials): Repeats {
  const count = serials.offsets.length;
  const found: Found = { firsts: new Int32Array(count), count: 0 };
  for (let index = 1; index < count; index += 1) {
    let first = 0;
    while (first < index && !isSameSerial(serials, first, serials, index)) first += 1;
    if (first === index) continue;
    found.firsts[index] = first + 1;
    found.count += 1;
  }
  return repeatsOf(found);
}

/** Hashes of the bytes of all serials: the same bytes give the same hash for as long as the process lives. */
export function hashSerials(serials: Serials): Int32Array {
  const count = serials.offsets.length;
  const hashes = new Int32Array(count);
  words ??= Int32Array.from({ length: positions * 256 }, () => Math.trunc(Math.random() * 2 ** 32));
  for (let from = 0; from < count; from += batch) hash(serials, words, hashes, from, Math.min(from + batch, count));
  return hashes;
}

/** Bytes of a serial that have random words of their own: as many as RFC 5280 4.1.2.2 lets a serial have; a multiple of four. */
const positions = 20;

/**
 * A random word for each value of a byte in each position (tabulation hashing): an author of serials cannot know
 * which of them collide. A seed alone is not enough: pairs of words can be chosen that collide under every seed.
 */
let words: Int32Array | undefined;

function hash(
  { bytes, offsets, lengths }: Serials,
  words: Int32Array,
  hashes: Int32Array,
  from: number,
  to: number,
): void {
  for (let index = from; index < to; index += 1) {
    let at = offsets[index] as number;
    const length = (lengths === undefined ? bytes[at - 1] : lengths[index]) as number;
    const end = at + length;
    let value = length;
    let row = 0;
    // Four at a time: this loop runs over every byte of every serial.
    for (; at + 3 < end; at += 4) {
      value ^=
        (words[row | (bytes[at] as number)] as number) ^
        (words[(row + 256) | (bytes[at + 1] as number)] as number) ^
        (words[(row + 512) | (bytes[at + 2] as number)] as number) ^
        (words[(row + 768) | (bytes[at + 3] as number)] as number);
      row += 1024;
      if (row < positions * 256) continue;
      // The rest uses the same words: it must not cancel out what was before.
      value = Math.imul(value, 0x9e3779b1) ^ (value >>> 15);
      row = 0;
    }
    for (; at < end; at += 1, row += 256) value ^= words[row | (bytes[at] as number)] as number;
    hashes[index] = value;
  }
}

/** Entries by the top bits of their hashes, those of one part in ascending order. */
interface Parted {
  /** The start of each part, and after them the end of the last one. */
  readonly starts: Int32Array;
  /** Indexes of the entries, and their hashes in the same order, so a part is read in sequence. */
  readonly order: Int32Array;
  readonly hashes: Int32Array;
}

function part(hashes: Int32Array, bits: number): Parted {
  const count = hashes.length;
  const next = new Int32Array(2 ** bits + 1);
  for (let from = 0; from < count; from += batch) tell(hashes, bits, next, from, Math.min(from + batch, count));
  for (let i = 1; i < next.length; i += 1) next[i] = (next[i] as number) + (next[i - 1] as number);
  const parted: Parted = { starts: next.slice(), order: new Int32Array(count), hashes: new Int32Array(count) };
  for (let from = 0; from < count; from += batch)
    place(hashes, bits, next, parted, from, Math.min(from + batch, count));
  return parted;
}

/** The part of an entry. Shifting by 32 would be shifting by 0. */
function partOf(hash: number, bits: number): number {
  return (hash >>> 1) >>> (31 - bits);
}

/** Counts the entries of each part, one place further on. */
function tell(hashes: Int32Array, bits: number, counts: Int32Array, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const next = partOf(hashes[index] as number, bits) + 1;
    counts[next] = (counts[next] as number) + 1;
  }
}

function place(hashes: Int32Array, bits: number, next: Int32Array, parted: Parted, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const value = hashes[index] as number;
    const which = partOf(value, bits);
    const at = next[which] as number;
    parted.order[at] = index;
    parted.hashes[at] = value;
    next[which] = at + 1;
  }
}

interface Found {
  readonly firsts: Int32Array;
  count: number;
}

/**
 * Puts some entries of a part into its table, by their place in the part's order plus one.
 *
 * @returns how many were new to it
 */
function insert(
  serials: Serials,
  { order, hashes }: Parted,
  from: number,
  to: number,
  table: Int32Array,
  found: Found,
): number {
  const mask = table.length - 1;
  let used = 0;
  for (let at = from; at < to; at += 1) {
    const value = hashes[at] as number;
    for (let slot = value & mask; ; slot = (slot + 1) & mask) {
      const other = (table[slot] as number) - 1;
      if (other < 0) {
        table[slot] = at + 1;
        used += 1;
        break;
      }
      if (hashes[other] === value && isSameSerial(serials, order[other] as number, serials, order[at] as number)) {
        found.firsts[order[at] as number] = (order[other] as number) + 1;
        found.count += 1;
        break;
      }
    }
  }
  return used;
}

/** A table of twice the size with the same entries, all of them different. */
function double(table: Int32Array, { hashes }: Parted): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(table.length * 2);
  const mask = grown.length - 1;
  for (const item of table) {
    if (item === 0) continue;
    let slot = (hashes[item - 1] as number) & mask;
    while (grown[slot] !== 0) slot = (slot + 1) & mask;
    grown[slot] = item;
  }
  return grown;
}

function repeatsOf({ count, firsts }: Found): Repeats {
  return count === 0 ? noRepeats : { count, firsts };
}

/** The result if no serial appears twice. */
export const noRepeats: Repeats = { count: 0, firsts: new Int32Array(0) };

/**
 * Whether two entries, of one CRL or of two, have the same serial bytes and, in an indirect CRL, the same certificate
 * issuer.
 */
export function isSameSerial(a: Serials, one: number, b: Serials, other: number): boolean {
  if (!sameAt(a.bytes, a, one, b.bytes, b, other)) return false;
  if (a.issuers === undefined && b.issuers === undefined) return true;
  return sameAt(a.bytes, a.issuers ?? none, one, b.bytes, b.issuers ?? none, other);
}

/** Number of the contents octets of a serial. */
export function serialLength(serials: Serials, index: number): number {
  return lengthAt(serials.bytes, serials, index);
}

type Places = Pick<Serials, "offsets" | "lengths">;

/** Places of what no entry has. */
const none: Places = { offsets: new Int32Array(0), lengths: new Int32Array(0) };

function sameAt(aBytes: Uint8Array, a: Places, one: number, bBytes: Uint8Array, b: Places, other: number): boolean {
  const length = lengthAt(aBytes, a, one);
  if (length !== lengthAt(bBytes, b, other)) return false;
  const from = a.offsets[one] ?? 0;
  const to = b.offsets[other] ?? 0;
  if (aBytes === bBytes && from === to) return true;
  for (let i = 0; i < length; i += 1) if (aBytes[from + i] !== bBytes[to + i]) return false;
  return true;
}

function lengthAt(bytes: Uint8Array, { offsets, lengths }: Places, index: number): number {
  return (lengths === undefined ? bytes[(offsets[index] ?? 0) - 1] : lengths[index]) ?? 0;
}
