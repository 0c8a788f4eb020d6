import type { TextPlace } from "./fault.ts";

/** Maximum number of runs that are kept: 16 MiB hold the positions of a million irregular lines. */
const maximumRuns = 2 ** 20;
/** Number of values per run: index of its first character, line, column, characters per line. */
const fields = 4;
const noRuns = new Uint32Array(0);

/** The data of a map, which can be sent to a worker. */
export interface PemMapData {
  readonly runs: Uint32Array;
  readonly count: number;
  readonly mapped: number;
  readonly before: number;
}

/**
 * Finds the position in a text file of the base64 of a DER byte. Lines of the same width at the same column are kept as
 * one run, so a regular block of any size needs two runs.
 */
export class PemMap {
  #runs: Uint32Array = noRuns;
  #count = 0;
  /** Number of base64 characters up to the end of the last run that was kept. */
  #mapped = 0;
  #open = false;
  /** Number of DER bytes of the block before the object that offsets refer to. */
  #before = 0;

  /** Rebuilds a map from its data. */
  static of({ runs, count, mapped, before }: PemMapData): PemMap {
    const map = new PemMap();
    map.#runs = runs;
    map.#count = count;
    map.#mapped = mapped;
    map.#before = before;
    return map;
  }

  /** Returns a map that finds the same position for every offset. */
  static at(place: TextPlace): PemMap {
    const map = new PemMap();
    map.add(0, place, 1);
    return map;
  }

  /** Its data; the maps of the objects in one block share the runs. */
  get data(): PemMapData {
    return { runs: this.#runs, count: this.#count, mapped: this.#mapped, before: this.#before };
  }

  /** Returns the map of an object that starts at an offset of the block. */
  from(offset: number): PemMap {
    return offset === 0 ? this : PemMap.of({ ...this.data, before: this.#before + offset });
  }

  /**
   * Adds `length` consecutive base64 characters. Segments must be added in the order of the file.
   *
   * @param first number of base64 characters of the block before them
   */
  add(first: number, place: TextPlace, length: number): void {
    const at = (this.#count - 1) * fields;
    const extended = this.#open && this.#continues(at, first, place) && length <= this.#field(at, 3);
    if (extended) {
      this.#open = length === this.#field(at, 3);
    } else {
      if (this.#count === maximumRuns) {
        this.#open = false;
        return;
      }
      this.#push(first, place, length);
      this.#open = true;
    }
    this.#mapped = first + length;
  }

  /**
   * Returns the line and column of the base64 character that contains the first bit of a DER byte (RFC 4648 section 4:
   * character n contains bits 6n to 6n + 5). For an offset after the last byte, this is the last known character.
   *
   * @param offset number of DER bytes of the object before that byte
   */
  locate(offset: number): TextPlace {
    if (this.#count === 0) return { line: 1, column: 1 };
    const character = Math.min(Math.floor(((this.#before + offset) * 4) / 3), this.#mapped - 1);
    const at = this.#find(character) * fields;
    const within = character - this.#field(at, 0);
    const width = this.#field(at, 3);
    return {
      line: this.#field(at, 1) + Math.floor(within / width),
      column: this.#field(at, 2) + (within % width),
    };
  }

  /** Whether a segment is the next line of the run at `at`. */
  #continues(at: number, first: number, place: TextPlace): boolean {
    const lines = (first - this.#field(at, 0)) / this.#field(at, 3);
    return place.line === this.#field(at, 1) + lines && place.column === this.#field(at, 2);
  }

  #push(first: number, place: TextPlace, length: number): void {
    const at = this.#count * fields;
    if (at === this.#runs.length) {
      const larger = new Uint32Array(Math.max(this.#runs.length, fields * 2) * 2);
      larger.set(this.#runs);
      this.#runs = larger;
    }
    this.#runs.set([first, place.line, place.column, length], at);
    this.#count += 1;
  }

  /** Returns the index of the last run that starts at or before a character. */
  #find(character: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#field(middle * fields, 0) <= character) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #field(at: number, field: number): number {
    return this.#runs[at + field] ?? 0;
  }
}
