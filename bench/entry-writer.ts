import type { CrlPlan } from "./generate.ts";

/** Size of the longest entry in bytes: a serial of 80 bytes, its header, date and reason. */
const longest = 80 + 4 + 15 + 14;

/** crlEntryExtensions with only a non-critical reasonCode, up to its value. */
const reasonCode = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 6, 3, 0x55, 0x1d, 0x15, 4, 3, 0x0a, 1);

/** keyCompromise, affiliationChanged, superseded, cessationOfOperation, privilegeWithdrawn. */
const reasons = Uint8Array.of(1, 3, 4, 5, 9);

const day = 86_400;

/** Days before thisUpdate in which the certificates were revoked. */
const days = 300;

/** Writes the entries of a plan; each depends only on its index and the seed. */
export class EntryWriter {
  readonly #plan: CrlPlan;
  /** Digits YYMMDD of the days on which certificates were revoked. The last one is the day of thisUpdate. */
  readonly #days: readonly Uint8Array[];
  readonly #piece = new Uint8Array(2 ** 18);

  /** @param thisUpdate in seconds since 1970, at midnight */
  constructor(plan: CrlPlan, thisUpdate: number) {
    this.#plan = plan;
    this.#days = Array.from({ length: days + 1 }, (_, i) => {
      const text = new Date((thisUpdate + (i - days) * day) * 1000).toISOString();
      return new TextEncoder().encode(text.slice(2, 4) + text.slice(5, 7) + text.slice(8, 10));
    });
  }

  /** Passes all entries in pieces to a function. Each piece reuses the memory of the previous one. */
  eachPiece(take: (piece: Uint8Array) => void): void {
    const piece = this.#piece;
    let at = 0;
    for (let index = 0; index < this.#plan.entries; index += 1) {
      at = this.#write(piece, at, index);
      if (at + longest <= piece.length) continue;
      take(piece.subarray(0, at));
      at = 0;
    }
    if (at > 0) take(piece.subarray(0, at));
  }

  #write(piece: Uint8Array, start: number, index: number): number {
    const { first = 0, violations = false, reasons: share = 0.4, seed = 1 } = this.#plan;
    const lots = mix(seed, first + index, 100);
    const date = this.#writeSerial(piece, start + 2, index);
    piece[date] = 0x17;
    piece[date + 1] = 13;
    this.#writeTime(piece, date + 2, violations ? days : lots % days, mix(seed, first + index, 101) % day);
    let end = date + 15;
    if (violations || (lots >>> 8) % 1000 < share * 1000) {
      piece.set(reasonCode, end);
      // RFC 5280 5.3.1: a reasonCode unspecified(0) should be omitted.
      piece[end + reasonCode.length] = violations ? 0 : (reasons[lots % reasons.length] ?? 0);
      end += reasonCode.length + 1;
    }
    piece[start] = 0x30;
    piece[start + 1] = end - start - 2;
    return end;
  }

  /** Writes userCertificate, and returns the offset of its end. */
  #writeSerial(piece: Uint8Array, start: number, index: number): number {
    const { entries, first = 0, sorted = false, serials = "different", repeats = 0, seed = 1 } = this.#plan;
    const { violations = false } = this.#plan;
    const length = serials === "colliding" ? 80 : 16;
    const at = start + 2;
    piece[start] = 2;
    piece[start + 1] = length;
    let from = first + (index >= entries - repeats ? index - (entries - repeats) : index);
    if (serials !== "different") from = 0;
    for (let i = 0; i < length; i += 4) writeWord(piece, at + i, mix(seed, from, i));
    // Makes the serial positive, or negative (bit 7), and minimal in both cases: bits 7 and 6 differ.
    piece[at] = violations ? 0x80 : 0x40;
    if (sorted) writeWord(piece, at + 1, from);
    if (serials === "colliding") collide(piece, at, index);
    return at + length;
  }

  /** Writes HHMMSS and Z after the day. */
  #writeTime(piece: Uint8Array, at: number, which: number, seconds: number): void {
    piece.set(this.#days[which] ?? [], at);
    const parts = [Math.trunc(seconds / 3600), Math.trunc(seconds / 60) % 60, seconds % 60];
    parts.forEach((part, i) => {
      piece[at + 6 + i * 2] = 0x30 + Math.trunc(part / 10);
      piece[at + 7 + i * 2] = 0x30 + (part % 10);
    });
    piece[at + 12] = 0x5a;
  }
}

/**
 * Changes pairs of adjacent words, little endian, according to the bits of the index. In the first word, the top bit is
 * flipped, and multiplication by an odd factor leaves it the only difference. A right shift by 15 adds one more, and
 * the next word clears both.
 */
function collide(piece: Uint8Array, at: number, index: number): void {
  for (let bit = 0; bit < 18; bit += 1) {
    if (((index >>> bit) & 1) === 0) continue;
    const word = at + 4 + bit * 4;
    piece[word + 3] = (piece[word + 3] ?? 0) ^ 0x80;
    piece[word + 6] = (piece[word + 6] ?? 0) ^ 0x01;
    piece[word + 7] = (piece[word + 7] ?? 0) ^ 0x80;
  }
}

function writeWord(piece: Uint8Array, at: number, word: number): void {
  piece[at] = word >>> 24;
  piece[at + 1] = word >>> 16;
  piece[at + 2] = word >>> 8;
  piece[at + 3] = word;
}

/** Returns 32 pseudorandom bits from a seed, an index and a position. It is a bijection in each of them. */
export function mix(seed: number, index: number, place: number): number {
  let value = Math.imul(index, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca77) ^ Math.imul(place + 1, 0xc2b2ae3d);
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return (value ^ (value >>> 16)) >>> 0;
}
