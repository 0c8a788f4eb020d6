import { Cursor, type Source } from "../der/cursor.ts";
import { checkInteger, smallInteger } from "../der/integer.ts";
import type { Span, Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import { isTimeTag, readSeconds } from "../der/time.ts";
import { load, partInFile, readPiece } from "../der/in-file.ts";
import { checkExtensionValue } from "../extension/check-value.ts";
import { type Extension, readExtensions, readExtensionValue } from "../extension/extension.ts";
import { Oid } from "../extension/oids.ts";
import { EntryBatch, longest, noReason, readCommonEntries, reasonSize, utcTimeSize } from "./entry-batch.ts";

export { noReason };

/** Value of `reason` for an entry whose reasonCode does not contain a small ENUMERATED. */
export const unreadableReason = -2;

/**
 * One entry of revokedCertificates. It is a window that is reused for other entries: keep its numbers, not the window.
 * All offsets are those of the artefact.
 */
export interface Entry extends Span {
  /** Zero-based position in revokedCertificates. */
  readonly index: number;
  /** Offset of the INTEGER userCertificate. Its contents octets are from `serialContent` to `serialEnd`. */
  readonly serial: number;
  readonly serialContent: number;
  readonly serialEnd: number;
  /** revocationDate in seconds since 1970; NaN if it could not be read. */
  readonly date: number;
  readonly dateStart: number;
  readonly dateEnd: number;
  /** Whether revocationDate is a GeneralizedTime. */
  readonly generalized: boolean;
  /** Value of the reasonCode, `noReason` or `unreadableReason`. */
  readonly reason: number;
  /** invalidityDate in seconds since 1970; NaN if it is absent or could not be read. */
  readonly invalidityDate: number;
  /** Whether crlEntryExtensions is present, empty or not. */
  readonly hasExtensions: boolean;
  /** Reads crlEntryExtensions of this entry again. For rules that already know that something is unusual. */
  extensions(): readonly Extension[];
}

/**
 * Reads revokedCertificates forward, one entry at a time, without allocating memory for entries of the common shape.
 */
export class EntryReader implements Entry {
  index = -1;
  start = 0;
  end = 0;
  serial = 0;
  serialContent = 0;
  serialEnd = 0;
  date = Number.NaN;
  dateStart = 0;
  dateEnd = 0;
  generalized = false;
  reason = noReason;
  invalidityDate = Number.NaN;
  hasExtensions = false;
  /** The crlEntryExtensions that were read, if they contain more than a reasonCode. */
  uncommon: readonly Extension[] | undefined;
  /** Whether reasonCode was present, but not an ENUMERATED. */
  reasonNotEnumerated = false;
  /** Whether invalidityDate was present, but is a UTCTime. */
  invalidityDateIsUtcTime = false;
  /** Whether a malformed length hides all entries that follow. */
  broken = false;
  /** Offset of the next entry to read. */
  position: number;
  readonly batch: EntryBatch;

  readonly #source: Source;
  #limit: number;
  readonly #path: string;
  /** Number of entries of the batch that the window has shown. */
  #inBatch = 0;

  constructor(source: Source, list: Tlv, path: string) {
    this.#source = source;
    this.#limit = list.contentEnd;
    this.#path = path;
    this.position = list.content;
    this.batch = new EntryBatch(source.bytes, list.contentEnd - list.content);
  }

  /** Shows an entry whose index and offset are known. Entries after it may be read with it, up to `limit`. */
  seek(index: number, start: number, limit: number): void {
    if (index !== this.index + 1 || this.#inBatch >= this.batch.count) {
      this.position = start;
      this.#limit = limit;
      this.#inBatch = 0;
      this.batch.count = 0;
    }
    this.index = index - 1;
    this.next();
  }

  /** Moves to the next entry; returns false after the last one. */
  next(): boolean {
    const { batch } = this;
    if (this.#inBatch >= batch.count) {
      if (this.position >= this.#limit) return false;
      this.position = readCommonEntries(this.position, this.#limit, batch);
      this.#inBatch = 0;
    }
    this.index += 1;
    if (batch.count === 0) return this.#readAny(this.position);
    this.#show(batch, this.#inBatch);
    this.#inBatch += 1;
    return true;
  }

  extensions(): readonly Extension[] {
    return this.uncommon ?? (this.hasExtensions ? this.#reread() : []);
  }

  /**
   * Reads the next entries of the common shape into the columns of `batch`, and does not change the window. For callers
   * that need numbers and no window. Reads nothing if the next entry has another shape.
   */
  nextBatch(): EntryBatch {
    const { batch } = this;
    const { bytes } = this.#source;
    this.#readPiece(batch);
    this.position = readCommonEntries(this.position, this.#limit, batch);
    if (batch.count === 0 && batch.bytes !== bytes && this.position < this.#limit) {
      // An entry of another shape is read at its offset in the whole CRL.
      batch.readFrom(load(bytes), 0);
      this.position = readCommonEntries(this.position, this.#limit, batch);
    }
    this.index += batch.count;
    this.#inBatch = batch.count;
    return batch;
  }

  /**
   * Reads the next piece of a file whose entries are not in memory, if the current piece may end within the next entry.
   */
  #readPiece(batch: EntryBatch): void {
    const { bytes } = this.#source;
    const part = partInFile(bytes);
    if (part === undefined || this.position >= this.#limit) return;
    const isHeld = batch.bytes !== bytes && this.position + longest <= batch.base + batch.bytes.length;
    if (!isHeld) batch.readFrom(readPiece(bytes, part, this.position), this.position);
  }

  #show(batch: EntryBatch, at: number): void {
    const start = batch.starts[at] as number;
    const serialEnd = batch.serialEnds[at] as number;
    const reason = batch.reasons[at] as number;
    this.start = start;
    this.end = serialEnd + utcTimeSize + (reason === noReason ? 0 : reasonSize);
    this.serial = start + 2;
    this.serialContent = start + 4;
    this.serialEnd = serialEnd;
    this.date = batch.dates[at] as number;
    this.dateStart = serialEnd;
    this.dateEnd = serialEnd + utcTimeSize;
    this.generalized = false;
    this.reason = reason;
    this.invalidityDate = Number.NaN;
    this.hasExtensions = reason !== noReason;
    this.uncommon = undefined;
    this.reasonNotEnumerated = false;
    this.invalidityDateIsUtcTime = false;
  }

  /** Reads an entry of any shape, and reports all errors in it. */
  #readAny(at: number): boolean {
    const path = `${this.#path}[${this.index}]`;
    const list = new Cursor(this.#source, { start: at, end: this.#limit }, path);
    const item = list.take(Tag.sequence, "") ?? list.read("");
    this.position = list.position;
    if (item === undefined) {
      this.broken = true;
      return false;
    }
    this.#reset(item);
    if ((item.tag | 0x20) !== Tag.sequence) {
      this.#source.faults.add("structure/entry", item, path, `found ${tagName(item.tag)}; an entry must be a SEQUENCE`);
      return true;
    }
    const cursor = Cursor.inside(this.#source, item, path);
    if (this.#readSerial(cursor)) this.#readDate(cursor);
    const extensions = cursor.take(Tag.sequence, "crlEntryExtensions");
    if (extensions !== undefined) {
      this.hasExtensions = true;
      this.uncommon = readExtensions(this.#source, extensions, `${path}.crlEntryExtensions`).list;
      for (const extension of this.uncommon) this.#readExtension(extension);
    }
    cursor.expectEnd();
    return true;
  }

  #reset(item: Tlv): void {
    this.start = item.start;
    this.end = item.end;
    this.serial = item.content;
    this.serialContent = item.content;
    this.serialEnd = item.content;
    this.date = Number.NaN;
    this.dateStart = item.content;
    this.dateEnd = item.content;
    this.generalized = false;
    this.reason = noReason;
    this.invalidityDate = Number.NaN;
    this.hasExtensions = false;
    this.uncommon = undefined;
    this.reasonNotEnumerated = false;
    this.invalidityDateIsUtcTime = false;
  }

  /**
   * Reads userCertificate; returns whether there may be further fields. A truncated entry is reported once, at its end.
   */
  #readSerial(cursor: Cursor): boolean {
    const serial = cursor.take(Tag.integer, "userCertificate");
    if (serial === undefined) {
      if (cursor.broken) return false;
      const message = cursor.atEnd
        ? "entry is empty; it must start with userCertificate INTEGER"
        : `entry starts with ${tagName(cursor.peek())}; it must start with userCertificate INTEGER`;
      cursor.missing("structure/entry", message);
      // Any type except a Time counts as userCertificate, and does not hide the fields after it.
      if (!isTimeTag(cursor.peek())) cursor.read("userCertificate");
      return !cursor.atEnd;
    }
    checkInteger(this.#source, serial, cursor.child("userCertificate"));
    this.serial = serial.start;
    this.serialContent = serial.content;
    this.serialEnd = serial.contentEnd;
    return true;
  }

  #readDate(cursor: Cursor): void {
    if (!isTimeTag(cursor.peek())) {
      cursor.missing("structure/entry", `revocationDate is missing${cursor.found()}`);
      // Any type except that of crlEntryExtensions counts as revocationDate.
      if (cursor.peek() !== Tag.sequence) cursor.read("revocationDate");
      return;
    }
    const tlv = cursor.read("revocationDate");
    if (tlv === undefined) return;
    this.date = readSeconds(this.#source, tlv, cursor.child("revocationDate"));
    this.dateStart = tlv.start;
    this.dateEnd = tlv.end;
    this.generalized = tlv.tag !== Tag.utcTime;
  }

  #readExtension(extension: Extension): void {
    const source = this.#source;
    switch (extension.oid) {
      case Oid.reasonCode:
        if (this.reason === noReason) this.#readReason(extension);
        else checkExtensionValue(source, extension);
        break;
      case Oid.invalidityDate:
        if (Number.isNaN(this.invalidityDate)) this.#readInvalidityDate(extension);
        else checkExtensionValue(source, extension);
        break;
      default:
        checkExtensionValue(source, extension);
    }
  }

  /** Reads CRLReason ::= ENUMERATED (RFC 5280 5.3.1). reason/not-enumerated reports any other type. */
  #readReason(extension: Extension): void {
    this.reason = unreadableReason;
    const { value } = extension;
    if (value === undefined) return;
    if (this.#source.bytes[value.content] !== Tag.enumerated) {
      this.reasonNotEnumerated = true;
      return;
    }
    const reason = readExtensionValue(this.#source, extension, Tag.enumerated, "CRLReason");
    if (reason === undefined || !checkInteger(this.#source, reason, `${extension.path}.extnValue`)) return;
    const number = smallInteger(this.#source.bytes, reason);
    this.reason = number === undefined || number < 0 ? unreadableReason : number;
  }

  /**
   * Reads InvalidityDate ::= GeneralizedTime, for every year (RFC 5280 5.3.2). invalidity-date/form reports a UTCTime.
   */
  #readInvalidityDate(extension: Extension): void {
    const { value } = extension;
    if (value === undefined) return;
    const isUtcTime = value.content < value.contentEnd && this.#source.bytes[value.content] === Tag.utcTime;
    if (isUtcTime) this.invalidityDateIsUtcTime = true;
    const tag = isUtcTime ? Tag.utcTime : Tag.generalizedTime;
    const date = readExtensionValue(this.#source, extension, tag, "InvalidityDate");
    if (date === undefined) return;
    this.invalidityDate = readSeconds(this.#source, date, `${extension.path}.extnValue`);
  }

  /** Reads the extensions of an entry of the common shape, which were not decoded before. */
  #reread(): readonly Extension[] {
    const list = new Cursor(this.#source, { start: this.dateEnd, end: this.end }, `${this.#path}[${this.index}]`);
    const extensions = list.take(Tag.sequence, "crlEntryExtensions");
    if (extensions === undefined) return [];
    return readExtensions(this.#source, extensions, `${list.path}.crlEntryExtensions`).list;
  }
}
