import { Cursor, type Source } from "../der/cursor.ts";
import { checkInteger, smallInteger } from "../der/integer.ts";
import type { Span, Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import { isTimeTag, readTime, secondsOf } from "../der/time.ts";
import { type Extension, readExtensions, readExtensionValue } from "../extension/extension.ts";
import { readGeneralNames } from "../extension/general-name.ts";
import { Oid } from "../extension/oids.ts";

/** `reason` of an entry without a reasonCode. */
export const noReason = -1;
/** `reason` of an entry whose reasonCode holds no small ENUMERATED. */
export const unreadableReason = -2;

/**
 * One entry of revokedCertificates: a window that the walk reuses, so keep numbers out of it, not the window itself.
 * All offsets are those of the artefact.
 */
export interface Entry extends Span {
  /** Zero-based position in revokedCertificates. */
  readonly index: number;
  /** The INTEGER userCertificate: `serial` is its first octet, contents follow from `serialContent` to `serialEnd`. */
  readonly serial: number;
  readonly serialContent: number;
  readonly serialEnd: number;
  /** revocationDate in seconds since 1970; NaN where it could not be read. */
  readonly date: number;
  readonly dateStart: number;
  readonly dateEnd: number;
  /** Whether revocationDate is a GeneralizedTime. */
  readonly generalized: boolean;
  /** Value of the reasonCode, `noReason` or `unreadableReason`. */
  readonly reason: number;
  /** Whether crlEntryExtensions is there, empty or not. */
  readonly hasExtensions: boolean;
  /** Reads crlEntryExtensions of this entry anew; for rules that already know that something is off. */
  extensions(): readonly Extension[];
}

/** A crlEntryExtensions whose only content is a non-critical reasonCode: all but the value. */
const reasonOnly = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01] as const;

/** Walks revokedCertificates forward, one entry at a time, without allocating for entries of a common shape. */
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
  hasExtensions = false;
  /** What the walk was told of crlEntryExtensions that are not just a reasonCode. */
  uncommon: readonly Extension[] | undefined;
  /** Whether reasonCode was there but held no ENUMERATED. */
  reasonNotEnumerated = false;
  /** Set where a broken length hides all entries that follow. */
  broken = false;
  /** Offset of the next entry. */
  position: number;

  readonly #source: Source;
  readonly #limit: number;
  readonly #path: string;
  #dayKey = -1;
  #dayStart = 0;

  constructor(source: Source, list: Tlv, path: string) {
    this.#source = source;
    this.#limit = list.contentEnd;
    this.#path = path;
    this.position = list.content;
  }

  /** Goes to the next entry; false behind the last one. */
  next(): boolean {
    if (this.position >= this.#limit) return false;
    this.index += 1;
    if (this.#readCommon(this.position)) return true;
    return this.#readAny(this.position);
  }

  extensions(): readonly Extension[] {
    return this.uncommon ?? (this.hasExtensions ? this.#reread() : []);
  }

  /**
   * The shape of nearly every entry in the wild: short lengths, minimal serial, UTCTime, and no extensions or just a
   * non-critical reasonCode. Must tell exactly what `#readAny` would.
   */
  #readCommon(at: number): boolean {
    const { bytes } = this.#source;
    const length = bytes[at + 1] ?? 0xff;
    const end = at + 2 + length;
    if (bytes[at] !== Tag.sequence || length >= 0x80 || end > this.#limit) return false;
    const serialLength = bytes[at + 3] ?? 0;
    const dateStart = at + 4 + serialLength;
    if (bytes[at + 2] !== Tag.integer || serialLength === 0 || serialLength >= 0x80 || dateStart + 15 > end)
      return false;
    const first = bytes[at + 4] ?? 0;
    const second = bytes[at + 5] ?? 0;
    if (serialLength > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return false;
    if (bytes[dateStart] !== Tag.utcTime || bytes[dateStart + 1] !== 13 || bytes[dateStart + 14] !== 0x5a) return false;
    const extensionsAt = dateStart + 15;
    let reason = noReason;
    if (extensionsAt !== end) {
      if (end - extensionsAt !== 14) return false;
      for (let i = 0; i < 13; i += 1) if (bytes[extensionsAt + i] !== reasonOnly[i]) return false;
      reason = bytes[end - 1] ?? 0x80;
      if (reason >= 0x80) return false;
    }
    const date = this.#utcSeconds(bytes, dateStart + 2);
    if (date === undefined) return false;
    this.start = at;
    this.end = end;
    this.serial = at + 2;
    this.serialContent = at + 4;
    this.serialEnd = dateStart;
    this.date = date;
    this.dateStart = dateStart;
    this.dateEnd = extensionsAt;
    this.generalized = false;
    this.reason = reason;
    this.hasExtensions = reason !== noReason;
    this.uncommon = undefined;
    this.reasonNotEnumerated = false;
    this.position = end;
    return true;
  }

  /** YYMMDDHHMMSS at `at`; entries of one day share the calendar arithmetic. */
  #utcSeconds(bytes: Uint8Array, at: number): number | undefined {
    for (let i = 0; i < 12; i += 1) {
      const digit = (bytes[at + i] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return undefined;
    }
    const pair = (i: number): number => ((bytes[at + i] ?? 0) - 0x30) * 10 + (bytes[at + i + 1] ?? 0) - 0x30;
    const year = pair(0);
    const dayKey = year * 10_000 + pair(2) * 100 + pair(4);
    if (dayKey !== this.#dayKey) {
      const day = secondsOf(year >= 50 ? 1900 + year : 2000 + year, pair(2), pair(4), 0, 0, 0);
      if (day === undefined) return undefined;
      this.#dayKey = dayKey;
      this.#dayStart = day;
    }
    const hour = pair(6);
    const minute = pair(8);
    const second = pair(10);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    return this.#dayStart + hour * 3600 + minute * 60 + second;
  }

  /** Any entry whose frame stands, with everything that is wrong in it reported. */
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
      this.#source.faults.add("structure/entry", item, path, `${tagName(item.tag)} where an entry (SEQUENCE) stands`);
      return true;
    }
    const cursor = Cursor.inside(this.#source, item, path);
    this.#readSerial(cursor);
    this.#readDate(cursor);
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
    this.hasExtensions = false;
    this.uncommon = undefined;
    this.reasonNotEnumerated = false;
  }

  #readSerial(cursor: Cursor): void {
    const serial = cursor.take(Tag.integer, "userCertificate");
    if (serial === undefined) {
      cursor.missing(
        "structure/entry",
        `the entry does not start with userCertificate INTEGER but with ${nextName(cursor)}`,
      );
      return;
    }
    checkInteger(this.#source, serial, cursor.child("userCertificate"));
    this.serial = serial.start;
    this.serialContent = serial.content;
    this.serialEnd = serial.contentEnd;
  }

  #readDate(cursor: Cursor): void {
    if (!isTimeTag(cursor.peek())) {
      cursor.missing("structure/entry", `revocationDate is missing: in its place stands ${nextName(cursor)}`);
      return;
    }
    const tlv = cursor.read("revocationDate");
    if (tlv === undefined) return;
    const time = readTime(this.#source, tlv, cursor.child("revocationDate"));
    this.date = time.seconds ?? Number.NaN;
    this.dateStart = tlv.start;
    this.dateEnd = tlv.end;
    this.generalized = time.type === "GeneralizedTime";
  }

  #readExtension(extension: Extension): void {
    const source = this.#source;
    switch (extension.oid) {
      case Oid.reasonCode:
        if (this.reason === noReason) this.#readReason(extension);
        break;
      case Oid.invalidityDate: {
        const date = readExtensionValue(source, extension, Tag.generalizedTime, "InvalidityDate");
        if (date !== undefined) readTime(source, date, `${extension.path}.extnValue`);
        break;
      }
      case Oid.certificateIssuer: {
        const names = readExtensionValue(source, extension, Tag.sequence, "CertificateIssuer");
        if (names !== undefined) readGeneralNames(source, names, `${extension.path}.extnValue`);
        break;
      }
      default:
    }
  }

  /** CRLReason ::= ENUMERATED (RFC 5280 5.3.1); another type is the business of reason/not-enumerated. */
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

  /** Extensions of an entry of the common shape, which the walk did not need to look into. */
  #reread(): readonly Extension[] {
    const list = new Cursor(this.#source, { start: this.dateEnd, end: this.end }, `${this.#path}[${this.index}]`);
    const extensions = list.take(Tag.sequence, "crlEntryExtensions");
    if (extensions === undefined) return [];
    return readExtensions(this.#source, extensions, `${list.path}.crlEntryExtensions`).list;
  }
}

function nextName(cursor: Cursor): string {
  const tag = cursor.peek();
  return tag === -1 ? "nothing" : tagName(tag);
}
