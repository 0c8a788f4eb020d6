import { type EntryBatch, headerSize } from "./entry-batch.ts";
import type { Serials } from "./serials.ts";

/** Maximum number of entries that space is made for at once, beyond those there are: the system provides what is used. */
const maximumGuess = 2 ** 25;

/** Numbers, one for each entry. */
type Column = Int32Array<ArrayBuffer>;

/**
 * The places of entries and their serials: four bytes per entry, as long as all entries have the usual header. A further
 * column is made only if an entry needs it.
 */
export class EntryColumns {
  /** Entries noted. */
  count = 0;
  /** Offset of the contents octets of each serial. */
  #serials: Column = new Int32Array(0);
  /** Offset of each entry; made if one does not start four bytes before its serial. */
  #starts: Column | undefined;
  /** Number of bytes of each serial; made if the byte before one is not its length. */
  #lengths: Column | undefined;
  /** For an indirect CRL: place of the certificateIssuer in effect for each entry; 0, 0 for the CRL's own issuer. */
  #issuers: { offsets: Column; lengths: Column } | undefined;

  /**
   * Makes space.
   *
   * @param more entries that come next
   * @param expected entries that are still to come, as far as can be guessed
   */
  reserve(more: number, expected: number): void {
    const { length } = this.#serials;
    if (this.count + more <= length) return;
    const capacity = this.count + Math.max(Math.min(expected, maximumGuess), more, length >> 1);
    this.#serials = grow(this.#serials, capacity);
    this.#starts &&= grow(this.#starts, capacity);
    this.#lengths &&= grow(this.#lengths, capacity);
  }

  /** Notes entries of the common shape. */
  addBatch({ count, starts, serialEnds }: EntryBatch): void {
    const from = this.count;
    const serials = this.#serials;
    for (let i = 0; i < count; i += 1) serials[from + i] = (starts[i] as number) + headerSize;
    if (this.#starts !== undefined) this.#starts.set(starts.subarray(0, count), from);
    if (this.#lengths !== undefined) {
      for (let i = 0; i < count; i += 1) {
        this.#lengths[from + i] = (serialEnds[i] as number) - (serials[from + i] as number);
      }
    }
    this.count = from + count;
  }

  /** Notes an entry of any shape by its offset, and that and number of the contents octets of its serial. */
  add(bytes: Uint8Array, start: number, serial: number, length: number): void {
    const { count } = this;
    if (start !== serial - headerSize) this.#starts ??= this.#serials.map((offset) => offset - headerSize);
    if (bytes[serial - 1] !== length) this.#lengths ??= this.#serials.map((offset) => bytes[offset - 1] ?? 0);
    this.#serials[count] = serial;
    if (this.#starts !== undefined) this.#starts[count] = start;
    if (this.#lengths !== undefined) this.#lengths[count] = length;
    this.count = count + 1;
  }

  /** Notes the certificateIssuer in effect for the last entries. */
  setIssuer(entries: number, offset: number, length: number): void {
    const capacity = this.#serials.length;
    this.#issuers ??= { offsets: new Int32Array(capacity), lengths: new Int32Array(capacity) };
    const issuers = this.#issuers;
    if (issuers.offsets.length < capacity) {
      issuers.offsets = grow(issuers.offsets, capacity);
      issuers.lengths = grow(issuers.lengths, capacity);
    }
    issuers.offsets.fill(offset, this.count - entries, this.count);
    issuers.lengths.fill(length, this.count - entries, this.count);
  }

  /** Offset of an entry by its index; 0 for one that there is not. */
  startOf(index: number): number {
    if (index >= this.count) return 0;
    return this.#starts === undefined ? (this.#serials[index] ?? headerSize) - headerSize : (this.#starts[index] ?? 0);
  }

  /** Returns the columns in the form for looking serials up. */
  serials(bytes: Uint8Array): Serials {
    return {
      bytes,
      offsets: this.#serials.subarray(0, this.count),
      lengths: this.#lengths?.subarray(0, this.count),
      issuers: this.#issuers,
    };
  }
}

/** Returns a copy of a column with space for more. */
export function grow(column: Column, length: number): Column {
  const grown = new Int32Array(length);
  grown.set(column);
  return grown;
}
