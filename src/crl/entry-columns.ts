import { type EntryBatch, headerSize } from "./entry-batch.ts";
import type { Serials } from "./serials.ts";

/**
 * Maximum number of entries that space is reserved for at once, beyond those already added. The system provides memory
 * only for the parts that are used.
 */
const maximumGuess = 2 ** 25;

/** A number for each entry. */
type Column = Int32Array<ArrayBuffer>;

/**
 * The positions of entries and their serials: four bytes per entry if all entries have the usual header. Further
 * columns are created only if an entry needs them.
 */
export class EntryColumns {
  /** Number of entries that were added. */
  count = 0;
  /** Offset of the contents octets of each serial. */
  #serials: Column = new Int32Array(0);
  /** Offset of each entry. Created if an entry does not start four bytes before the contents of its serial. */
  #starts: Column | undefined;
  /** Number of bytes of each serial. Created if the byte before a serial is not its length. */
  #lengths: Column | undefined;
  /** For an indirect CRL: position of the certificateIssuer in effect for each entry; 0, 0 for the CRL's own issuer. */
  #issuers: { offsets: Column; lengths: Column } | undefined;

  /**
   * Reserves space.
   *
   * @param more number of entries that will be added next
   * @param expected estimated number of all entries that will still be added
   */
  reserve(more: number, expected: number): void {
    const { length } = this.#serials;
    if (this.count + more <= length) return;
    const capacity = this.count + Math.max(Math.min(expected, maximumGuess), more, length >> 1);
    this.#serials = grow(this.#serials, capacity);
    this.#starts &&= grow(this.#starts, capacity);
    this.#lengths &&= grow(this.#lengths, capacity);
  }

  /** Adds entries of the common shape. */
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

  /**
   * Adds an entry of any shape.
   *
   * @param serial offset of the contents octets of its serial
   * @param length number of bytes of its serial
   */
  add(bytes: Uint8Array, start: number, serial: number, length: number): void {
    const { count } = this;
    if (start !== serial - headerSize) this.#starts ??= this.#serials.map((offset) => offset - headerSize);
    if (bytes[serial - 1] !== length) this.#lengths ??= this.#serials.map((offset) => bytes[offset - 1] ?? 0);
    this.#serials[count] = serial;
    if (this.#starts !== undefined) this.#starts[count] = start;
    if (this.#lengths !== undefined) this.#lengths[count] = length;
    this.count = count + 1;
  }

  /** Sets the certificateIssuer in effect for the last entries. */
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

  /** Returns the offset of an entry by its index; 0 if there is no such entry. */
  startOf(index: number): number {
    if (index >= this.count) return 0;
    return this.#starts === undefined ? (this.#serials[index] ?? headerSize) - headerSize : (this.#starts[index] ?? 0);
  }

  /** Returns the columns in the form for lookups of serials. */
  serials(bytes: Uint8Array): Serials {
    return {
      bytes,
      offsets: this.#serials.subarray(0, this.count),
      lengths: this.#lengths?.subarray(0, this.count),
      issuers: this.#issuers,
    };
  }
}

/** Returns a copy of a column with a larger size. */
export function grow(column: Column, length: number): Column {
  const grown = new Int32Array(length);
  grown.set(column);
  return grown;
}
