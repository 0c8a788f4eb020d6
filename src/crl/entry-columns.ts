import type { EntryBatch } from "./entry-batch.ts";
import type { Serials } from "./repeats.ts";

/** Octets of an entry of the common shape in front of the contents octets of its serial: two identifiers, two lengths. */
const header = 4;

/** Most entries that room is made for at once, beyond those there are. */
const maximumGuess = 2 ** 22;

/** Numbers, one for each entry. */
type Column = Int32Array<ArrayBuffer>;

/**
 * Where entries and their serials stand: four octets an entry, as long as all entries have the header that nearly all
 * in the wild have. A further column is made only where an entry turns up of which the first one does not tell.
 */
export class EntryColumns {
  /** Entries noted. */
  count = 0;
  /** Offset of the contents octets of each serial. */
  #serials: Column = new Int32Array(0);
  /** Offset of each entry; made where one does not start four octets in front of its serial. */
  #starts: Column | undefined;
  /** Number of octets of each serial; made where the octet in front of one does not say it. */
  #lengths: Column | undefined;
  /** For an indirect CRL: where the certificateIssuer in effect for each entry stands; 0, 0 for the CRL's own issuer. */
  #issuers: { offsets: Column; lengths: Column } | undefined;

  /**
   * Makes room.
   *
   * @param more entries that come next
   * @param expected entries that are still to come, as far as can be guessed
   */
  reserve(more: number, expected: number): void {
    const { length } = this.#serials;
    if (this.count + more <= length) return;
    const room = this.count + Math.max(Math.min(expected, maximumGuess), more, length >> 1);
    this.#serials = grow(this.#serials, room);
    this.#starts &&= grow(this.#starts, room);
    this.#lengths &&= grow(this.#lengths, room);
  }

  /** Notes entries of the common shape. */
  addBatch({ count, starts, serialEnds }: EntryBatch): void {
    const from = this.count;
    const serials = this.#serials;
    for (let i = 0; i < count; i += 1) serials[from + i] = (starts[i] as number) + header;
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
    if (start !== serial - header) this.#starts ??= this.#serials.map((offset) => offset - header);
    if (bytes[serial - 1] !== length) this.#lengths ??= this.#serials.map((offset) => bytes[offset - 1] ?? 0);
    this.#serials[count] = serial;
    if (this.#starts !== undefined) this.#starts[count] = start;
    if (this.#lengths !== undefined) this.#lengths[count] = length;
    this.count = count + 1;
  }

  /** Notes the certificateIssuer in effect for the last entries. */
  setIssuer(entries: number, offset: number, length: number): void {
    const room = this.#serials.length;
    this.#issuers ??= { offsets: new Int32Array(room), lengths: new Int32Array(room) };
    const issuers = this.#issuers;
    if (issuers.offsets.length < room) {
      issuers.offsets = grow(issuers.offsets, room);
      issuers.lengths = grow(issuers.lengths, room);
    }
    issuers.offsets.fill(offset, this.count - entries, this.count);
    issuers.lengths.fill(length, this.count - entries, this.count);
  }

  /** Offset of an entry by its index; 0 for one that there is not. */
  startOf(index: number): number {
    if (index >= this.count) return 0;
    return this.#starts === undefined ? (this.#serials[index] ?? header) - header : (this.#starts[index] ?? 0);
  }

  /** The same for looking serials up. */
  serials(bytes: Uint8Array): Serials {
    return {
      bytes,
      offsets: this.#serials.subarray(0, this.count),
      lengths: this.#lengths?.subarray(0, this.count),
      issuers: this.#issuers,
    };
  }
}

/** The same column with room for more. */
export function grow(column: Column, length: number): Column {
  const grown = new Int32Array(length);
  grown.set(column);
  return grown;
}
