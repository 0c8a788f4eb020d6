import type { Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { load } from "../der/in-file.ts";
import { generalizedTimeFrom } from "../der/time.ts";
import { Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import { type EntryBatch, headerSize, noReason, shortest } from "./entry-batch.ts";
import { type Entry, EntryReader, unreadableReason } from "./entry-reader.ts";
import { EntryColumns, grow } from "./entry-columns.ts";
import { Fingerprints } from "./fingerprints.ts";
import { findRepeats, noRepeats, type Repeats } from "./repeats.ts";
import type { Serials } from "./serials.ts";

/** Facts about all entries with one value of the reasonCode. */
export interface ReasonFacts {
  readonly count: number;
  /** Latest revocationDate among them, in seconds since 1970; -Infinity if none could be read. */
  readonly latest: number;
}

/** Facts about one extension OID in crlEntryExtensions. */
export interface EntryExtensionFacts {
  readonly count: number;
  readonly critical: number;
}

/** Reason why rules do not check hidden entries. */
export const unreadEntries = "entries after a malformed length or a limit cannot be read";

/** Minimum size of the entries in bytes for which fingerprints of their serials are worth their cost. */
const minimumFingerprinted = 2 ** 20;

/**
 * The entries of revokedCertificates, and the facts that a single traversal collects about them. A rule looks at the
 * facts first, and visits the entries only if the facts are unusual. A clean CRL therefore costs one traversal, however
 * many rules there are.
 */
export class Entries {
  /** Number of entries with a valid frame. */
  count = 0;
  /** Whether a malformed length or a limit hides entries. The facts then cover only the entries before it. */
  broken = false;
  /** Earliest and latest revocationDate in seconds since 1970; Infinity and -Infinity if there is none. */
  earliest = Number.POSITIVE_INFINITY;
  latest = Number.NEGATIVE_INFINITY;
  /** Number of contents octets of the longest serial. */
  longestSerial = 0;
  /** Number of entries whose serial is zero or negative. */
  serialsNotPositive = 0;
  /** Number of entries whose revocationDate has the wrong one of the two time types for its year. */
  wrongTimeTypes = 0;
  /** Number of entries with a crlEntryExtensions, empty or not. */
  withExtensions = 0;
  /** Number of entries whose crlEntryExtensions does not contain an Extension. */
  emptyExtensionLists = 0;
  /** Number of entries in which an extension OID appears more than once. */
  repeatedExtensions = 0;
  /** Number of entries whose reasonCode is of another type than ENUMERATED. */
  reasonsNotEnumerated = 0;
  /** Latest invalidityDate in seconds since 1970; -Infinity if there is none. */
  latestInvalidityDate = Number.NEGATIVE_INFINITY;
  /** Number of entries whose invalidityDate differs from their revocationDate, and of those in which it is later. */
  invalidityDatesDiffering = 0;
  invalidityDatesAfterRevocation = 0;
  /** Number of entries whose invalidityDate is a UTCTime. */
  invalidityDatesUtcTime = 0;
  /** Facts by value of the reasonCode, including `noReason` and `unreadableReason`. */
  readonly reasons: ReadonlyMap<number, ReasonFacts>;
  /** Facts by extension OID, for all entries. */
  readonly extensions: ReadonlyMap<string, EntryExtensionFacts>;

  readonly #source: Source;
  readonly #list: Tlv | undefined;
  readonly #path: string;
  readonly #columns = new EntryColumns();
  /** Offset after the last entry with a valid frame. */
  #end = 0;
  /**
   * The certificateIssuer in effect, if its length is not 0. It remains in effect until another entry has one (RFC 5280
   * 5.3.3).
   */
  #issuer = { offset: 0, length: 0 };
  /** Order of the serials read so far: each is greater than the one before (`ascending`), or not less (`sorted`). */
  #order: "ascending" | "sorted" | "none" = "ascending";
  /** Repeats among sorted serials. Equal serials are adjacent, so the traversal finds them. */
  readonly #sorted: { count: number; firsts: Int32Array<ArrayBuffer> } = { count: 0, firsts: new Int32Array(0) };
  /** Estimated number of all entries. */
  #expected = 0;
  /** Position of the serial of the last entry that was compared with the one before. */
  #last: SerialPlace = { view: new DataView(new ArrayBuffer(0)), offset: 0, end: 0 };
  /** Fingerprints of all serials, if there are many and they are not sorted. */
  #fingerprints: Fingerprints | undefined;
  #repeats: Repeats | undefined;

  constructor(source: Source, list: Tlv | undefined, path: string) {
    this.#source = source;
    this.#list = list;
    this.#path = path;
    const reasons = new ReasonTable();
    const extensions = new Map<string, { count: number; critical: number }>();
    if (list !== undefined) this.#walk(list, reasons, extensions);
    this.reasons = reasons.toMap();
    this.extensions = extensions;
    const common = reasons.common;
    if (common > 0) {
      const known = extensions.get(Oid.reasonCode);
      extensions.set(Oid.reasonCode, { count: (known?.count ?? 0) + common, critical: known?.critical ?? 0 });
    }
  }

  /** Visits all entries again, with the same reused window. */
  visit(visitor: (entry: Entry) => void): void {
    load(this.#source.bytes);
    const reader = this.#openReader();
    while (reader.index + 1 < this.count && reader.next()) visitor(reader);
  }

  /** Returns the offset of the first byte of the entry with this index. */
  startOf(index: number): number {
    return this.#columns.startOf(index);
  }

  /** Returns the offset after the entry with this index: entries follow one another. */
  endOf(index: number): number {
    return index + 1 < this.count ? this.startOf(index + 1) : this.#end;
  }

  /** Returns the ASN.1 path of the entry with this index. */
  pathOf(index: number): string {
    // A flat string, because reports may keep 1,000,000: a template literal is a tree of strings, and stays one in
    // memory.
    return [this.#path, "[", index, "]"].join("");
  }

  /** Reads one entry again, into its own window. For many entries, open one window and move it. */
  at(index: number): Entry {
    return this.openWindow()(index);
  }

  /** Returns a window that shows any entry by its index. Each call moves it. */
  openWindow(): (index: number) => Entry {
    load(this.#source.bytes);
    const reader = this.#openReader();
    // Consecutive entries are read together: as many as were requested consecutively so far.
    let run = 0;
    return (index) => {
      run = index === reader.index + 1 ? run + 1 : 0;
      reader.seek(index, this.startOf(index), this.endOf(Math.min(index + run, this.count - 1)));
      return reader;
    };
  }

  /**
   * Returns the revocationDate of some entries in seconds since 1970, or NaN if unreadable. Indexes must be ascending.
   */
  datesOf(indexes: Int32Array): Float64Array {
    const reader = this.#openReader();
    const dates = new Float64Array(indexes.length);
    for (let done = 0; done < indexes.length;) {
      const first = indexes[done] as number;
      reader.position = this.startOf(first);
      const batch = reader.nextBatch();
      if (batch.count === 0) dates[done++] = this.at(first).date;
      else done = noteDates(batch, first, indexes, done, dates);
    }
    return dates;
  }

  /** The positions of the serials of all entries, for lookups. */
  get serials(): Serials {
    return this.#columns.serials(load(this.#source.bytes));
  }

  /**
   * Whether an entry may have the serial of one of some entries of another CRL. If not, none of these needs a lookup.
   *
   * @param wanted indexes of the entries of the other CRL
   */
  mayList(wanted: Int32Array, other: Entries): boolean {
    if (this.#fingerprints === undefined) return true;
    const all = wanted.length === other.count ? other.#fingerprints : undefined;
    return this.#fingerprints.mayMeet(all ?? Fingerprints.of(other.serials, wanted));
  }

  /** Entries with the same (certificate issuer, serial) as an earlier entry. Computed on first use. */
  get repeats(): Repeats {
    this.#repeats ??= this.#findRepeats();
    return this.#repeats;
  }

  #findRepeats(): Repeats {
    if (this.#order === "ascending" || this.#fingerprints?.mayRepeat() === false) return noRepeats;
    const { serials } = this;
    // In an indirect CRL equal serials of several issuers may be adjacent.
    const isPlain = this.#order === "sorted" && serials.issuers === undefined;
    return isPlain ? this.#sorted : findRepeats(serials);
  }

  /** Returns a reader that does not report faults again. */
  #openReader(): EntryReader {
    const list = this.#list ?? { tag: 0, start: 0, content: 0, contentEnd: 0, end: 0 };
    return new EntryReader(withoutErrorReports(this.#source), list, this.#path);
  }

  #walk(list: Tlv, reasons: ReasonTable, extensions: Map<string, { count: number; critical: number }>): void {
    const reader = new EntryReader(this.#source, list, this.#path);
    const most = this.#source.limits.entries;
    let isOverLimit = false;
    for (;;) {
      isOverLimit = this.count >= most && reader.position < list.contentEnd;
      if (isOverLimit) break;
      const batch = reader.nextBatch();
      if (batch.count > 0) {
        this.#reserve(batch.count, reader.position, list);
        this.#noteBatch(batch, reasons);
        // Repeats are reported, and their entries are read from memory.
        if (this.#sorted.count > 0) load(this.#source.bytes);
      } else if (reader.next()) {
        this.#reserve(1, reader.position, list);
        this.#note(reader);
        reasons.add(reader.reason, reader.date);
        if (reader.generalized && reader.date < generalizedTimeFrom) this.wrongTimeTypes += 1;
        if (reader.hasExtensions) this.withExtensions += 1;
        if (reader.uncommon !== undefined) this.#noteExtensions(reader, extensions);
        this.#noteIssuer(1);
      } else {
        break;
      }
    }
    this.#end = reader.position;
    if (isOverLimit) {
      const rest = { start: this.#end, end: list.contentEnd };
      this.#source.faults.add("input/over-limit", rest, this.#path, `more than ${most} entries`);
    }
    this.broken = isOverLimit || reader.broken || list.contentEnd === this.#source.truncatedAt;
  }

  /** Adds entries of the common shape to the facts. This is nearly all of the work for a large CRL. */
  #noteBatch(batch: EntryBatch, reasons: ReasonTable): void {
    const { count, bytes, base, starts, serialEnds, dates } = batch;
    let { earliest, latest, longestSerial, serialsNotPositive } = this;
    for (let i = 0; i < count; i += 1) {
      const serial = (starts[i] as number) + headerSize;
      const length = (serialEnds[i] as number) - serial;
      const date = dates[i] as number;
      const top = bytes[serial - base] as number;
      if (length > longestSerial) longestSerial = length;
      if (top >= 0x80 || (top === 0 && length === 1)) serialsNotPositive += 1;
      if (date < earliest) earliest = date;
      if (date > latest) latest = date;
    }
    this.earliest = earliest;
    this.latest = latest;
    this.longestSerial = longestSerial;
    this.serialsNotPositive = serialsNotPositive;
    this.withExtensions += reasons.addBatch(batch);
    if (this.#order !== "none") this.#compareBatch(batch);
    this.#fingerprints?.addSerials(batch);
    this.#columns.addBatch(batch);
    this.count = this.#columns.count;
    this.#noteIssuer(count);
  }

  /** Adds an entry of any other shape to the facts. */
  #note({ batch, start, serialContent, serialEnd, date }: EntryReader): void {
    const { bytes, view } = batch;
    const length = serialEnd - serialContent;
    if (length > this.longestSerial) this.longestSerial = length;
    const top = bytes[serialContent] ?? 0;
    if (length > 0 && (top >= 0x80 || (top === 0 && length === 1))) this.serialsNotPositive += 1;
    if (date < this.earliest) this.earliest = date;
    if (date > this.latest) this.latest = date;
    if (this.#order !== "none") {
      const order = compareSerials(this.#last, view, serialContent, serialEnd);
      this.#last = { view, offset: serialContent, end: serialEnd };
      this.#noteOrder(order, this.count);
    }
    // Only entries of the common shape have fingerprints.
    this.#fingerprints = undefined;
    this.#columns.add(bytes, start, serialContent, length);
    this.count = this.#columns.count;
  }

  /** Records the certificateIssuer in effect for the last entries. */
  #noteIssuer(entries: number): void {
    if (this.#issuer.length > 0) this.#columns.setIssuer(entries, this.#issuer.offset, this.#issuer.length);
  }

  /**
   * Compares each serial with the one before. Ascending serials do not repeat, and repeats of sorted serials are
   * adjacent.
   */
  #compareBatch({ count, bytes, view, base, starts, serialEnds }: EntryBatch): void {
    const last = this.#last;
    for (let i = 0; i < count; i += 1) {
      const next = (starts[i] as number) + headerSize - base;
      const nextEnd = (serialEnds[i] as number) - base;
      const order = compareSerials(last, view, next, nextEnd);
      if (order >= 0) this.#noteOrder(order, this.count + i);
      if (order > 0) {
        if (this.count === 0) this.#startFingerprints();
        return;
      }
      last.view = view;
      last.offset = next;
      last.end = nextEnd;
    }
    // The memory of a piece is reused.
    if (bytes === this.#source.bytes) return;
    last.view = new DataView(bytes.slice(last.offset, last.end).buffer);
    last.end -= last.offset;
    last.offset = 0;
  }

  #startFingerprints(): void {
    const { content, contentEnd } = this.#list ?? { content: 0, contentEnd: 0 };
    if (contentEnd - content < minimumFingerprinted) return;
    this.#fingerprints = new Fingerprints((contentEnd - content) / shortest);
  }

  /** Records the result of comparing the serial of an entry with the one before. */
  #noteOrder(order: number, index: number): void {
    if (order < 0) return;
    this.#order = order === 0 ? "sorted" : "none";
    const sorted = this.#sorted;
    if (order > 0) {
      // All serials are searched again for repeats.
      sorted.firsts = new Int32Array(0);
      return;
    }
    if (index >= sorted.firsts.length) sorted.firsts = grow(sorted.firsts, Math.max(index * 2, this.#expected));
    sorted.firsts[index] = (sorted.firsts[index - 1] as number) || index;
    sorted.count += 1;
  }

  /** Reserves space for more entries. Their number is estimated from the entries read so far. */
  #reserve(more: number, position: number, list: Tlv): void {
    const mean = Math.max((position - list.content) / (this.count + more), shortest);
    const expected = Math.ceil((list.contentEnd - position) / mean) + more;
    this.#expected = this.count + expected + (expected >> 6);
    this.#columns.reserve(more, expected + (expected >> 6));
  }

  #noteExtensions(reader: EntryReader, extensions: Map<string, { count: number; critical: number }>): void {
    const list = reader.uncommon ?? [];
    if (list.length === 0) this.emptyExtensionLists += 1;
    if (reader.reasonNotEnumerated) this.reasonsNotEnumerated += 1;
    this.#noteInvalidityDate(reader);
    const seen = new Set<string>();
    let repeated = false;
    for (const { oid, critical, value } of list) {
      if (oid === undefined) continue;
      repeated ||= seen.has(oid);
      seen.add(oid);
      let facts = extensions.get(oid);
      if (facts === undefined) extensions.set(oid, (facts = { count: 0, critical: 0 }));
      facts.count += 1;
      if (critical) facts.critical += 1;
      if (oid === Oid.certificateIssuer && value !== undefined) {
        this.#issuer = { offset: value.content, length: value.contentEnd - value.content };
      }
    }
    if (repeated) this.repeatedExtensions += 1;
  }

  #noteInvalidityDate({ date, invalidityDate, invalidityDateIsUtcTime }: EntryReader): void {
    if (invalidityDateIsUtcTime) this.invalidityDatesUtcTime += 1;
    if (invalidityDate > this.latestInvalidityDate) this.latestInvalidityDate = invalidityDate;
    if (invalidityDate > date) this.invalidityDatesAfterRevocation += 1;
    if (invalidityDate > date || invalidityDate < date) this.invalidityDatesDiffering += 1;
  }
}

/** Copies dates of wanted entries from a batch; returns the number of wanted entries that have their dates now. */
function noteDates(
  { count, dates: read }: EntryBatch,
  first: number,
  indexes: Int32Array,
  done: number,
  dates: Float64Array,
): number {
  let at = done;
  for (; at < indexes.length && (indexes[at] as number) < first + count; at += 1) {
    dates[at] = read[(indexes[at] as number) - first] as number;
  }
  return at;
}

/** Position of a serial in some bytes; `end` is 0 if there is none. */
interface SerialPlace {
  view: DataView;
  offset: number;
  end: number;
}

/** Compares the bytes of two serials, shorter ones first. Negative if `a` comes first, zero if they are equal. */
function compareSerials(
  { view: aView, offset: a, end: aEnd }: SerialPlace,
  view: DataView,
  b: number,
  bEnd: number,
): number {
  const length = aEnd - a;
  if (aEnd === 0 || length !== bEnd - b) return aEnd === 0 ? -1 : length - (bEnd - b);
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const difference = aView.getUint32(a + i) - view.getUint32(b + i);
    if (difference !== 0) return difference;
  }
  for (; i < length; i += 1) {
    const difference = aView.getUint8(a + i) - view.getUint8(b + i);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Index of reasonCode 0 in a table: entries whose reasonCode is missing, or cannot be read, come before. */
const zero = -unreadableReason;

/** Number of reasons in arrays: reasonCode has the values 0 to 10, and a later edition may define a few more. */
const tabled = zero + 16;

/** Counts and latest dates by reason: in arrays for usual values, in a Map for any others. */
class ReasonTable {
  /** Number of entries of the common shape with a reasonCode, whose extension was not counted by OID. */
  common = 0;
  readonly #counts = new Int32Array(tabled);
  readonly #latest = new Float64Array(tabled).fill(Number.NEGATIVE_INFINITY);
  readonly #others = new Map<number, { count: number; latest: number }>();

  /** Adds entries of the common shape; returns the number of them with a reasonCode. */
  addBatch({ count, reasons, dates }: EntryBatch): number {
    const counts = this.#counts;
    const latest = this.#latest;
    let without = 0;
    for (let i = 0; i < count; i += 1) {
      const reason = reasons[i] as number;
      if (reason === noReason) without += 1;
      const at = reason + zero;
      if (at >= tabled) {
        this.add(reason, dates[i] as number);
        continue;
      }
      counts[at] = (counts[at] as number) + 1;
      if ((dates[i] as number) > (latest[at] as number)) latest[at] = dates[i] as number;
    }
    this.common += count - without;
    return count - without;
  }

  add(reason: number, date: number): void {
    const at = reason + zero;
    if (at < tabled) {
      this.#counts[at] = (this.#counts[at] ?? 0) + 1;
      if (date > (this.#latest[at] ?? 0)) this.#latest[at] = date;
      return;
    }
    const facts = this.#others.get(reason) ?? { count: 0, latest: Number.NEGATIVE_INFINITY };
    facts.count += 1;
    if (date > facts.latest) facts.latest = date;
    this.#others.set(reason, facts);
  }

  toMap(): ReadonlyMap<number, ReasonFacts> {
    const map = new Map<number, ReasonFacts>();
    this.#counts.forEach((count, at) => {
      if (count > 0) map.set(at - zero, { count, latest: this.#latest[at] ?? Number.NEGATIVE_INFINITY });
    });
    for (const [reason, facts] of this.#others) map.set(reason, facts);
    return map;
  }
}
