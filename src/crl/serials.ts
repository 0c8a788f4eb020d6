import { hashBytes, hashWords } from "../der/hash-bytes.ts";

/** The positions of the serials of all entries. */
export interface Serials {
  readonly bytes: Uint8Array;
  /** Offset of the contents octets of each serial. */
  readonly offsets: Int32Array;
  /** Number of contents octets of each serial; undefined if it is always the byte before the serial (X.690 8.1.3.4). */
  readonly lengths: Int32Array | undefined;
  /** For an indirect CRL: offset and length of the certificateIssuer value in effect for each entry. */
  readonly issuers: { readonly offsets: Int32Array; readonly lengths: Int32Array } | undefined;
}

/**
 * Whether two entries, of one CRL or of two, have the same serial bytes and, in an indirect CRL, the same certificate
 * issuer.
 */
export function isSameSerial(a: Serials, one: number, b: Serials, other: number): boolean {
  return sameAt(a.bytes, a, one, b.bytes, b, other) && isSameIssuer(a, one, b, other);
}

/** Whether the same certificateIssuer, or none, is in effect for two entries. */
export function isSameIssuer(a: Serials, one: number, b: Serials, other: number): boolean {
  if (a.issuers === undefined && b.issuers === undefined) return true;
  return sameAt(a.bytes, a.issuers ?? none, one, b.bytes, b.issuers ?? none, other);
}

/** Returns the number of contents octets of a serial. */
export function serialLength(serials: Serials, index: number): number {
  return lengthAt(serials.bytes, serials, index);
}

type Places = Pick<Serials, "offsets" | "lengths">;

/** Positions for values that no entry has. */
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

/** Number of serials that one call processes: with a bounded amount of work, it is optimized as a whole function. */
export const batch = 256;

/**
 * Returns hashes of the bytes of serials, and of the certificate issuers in effect. The same bytes have the same hash
 * during the lifetime of the process.
 *
 * @param indexes entries whose serials are hashed; default: all
 */
export function hashSerials(serials: Serials, indexes?: Int32Array): Int32Array {
  const count = (indexes ?? serials.offsets).length;
  const hashes = new Int32Array(count);
  const words = hashWords();
  for (let from = 0; from < count; from += batch)
    hash(serials, indexes, words, hashes, from, Math.min(from + batch, count));
  if (serials.issuers !== undefined) addIssuers(serials, indexes, words, hashes);
  return hashes;
}

function hash(
  { bytes, offsets, lengths }: Serials,
  indexes: Int32Array | undefined,
  words: Int32Array,
  hashes: Int32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i += 1) {
    const index = indexes === undefined ? i : (indexes[i] as number);
    const at = offsets[index] as number;
    hashes[i] = hashBytes(bytes, at, (lengths === undefined ? bytes[at - 1] : lengths[index]) as number, words);
  }
}

/** Adds the certificate issuers to hashes: one serial may be listed under as many issuers as there are entries. */
function addIssuers(
  { bytes, issuers }: Serials,
  indexes: Int32Array | undefined,
  words: Int32Array,
  hashes: Int32Array,
): void {
  let [last, added] = [-1, 0];
  for (let i = 0; i < hashes.length; i += 1) {
    const index = indexes?.[i] ?? i;
    const at = issuers?.offsets[index] ?? 0;
    // An issuer stays in effect for many entries.
    if (at !== last) added = Math.imul(hashBytes(bytes, at, issuers?.lengths[index] ?? 0, words), 0x85ebca6b);
    last = at;
    // Multiplied, because a serial with the bytes of its issuer must not cancel them out.
    hashes[i] = (hashes[i] as number) ^ added;
  }
}
