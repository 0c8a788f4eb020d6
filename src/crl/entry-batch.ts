import { Tag } from "../der/tag.ts";

/** Value of `reason` for an entry without a reasonCode. */
export const noReason = -1;

/**
 * Maximum number of entries that one call reads. With a bounded amount of work, the engine optimizes the loop as a
 * whole function instead of replacing it halfway.
 */
const largest = 256;

/** Number of bytes of the shortest entry of the common shape. */
export const shortest = 20;

/** Number of bytes of the longest entry of the common shape. */
export const longest = 0x7f + 2;

/**
 * Number of bytes of an entry of the common shape before the contents octets of its serial: two identifiers, two
 * lengths.
 */
export const headerSize = 4;

/** Columns for a run of entries that all have the common shape. They are reused for each run. */
export class EntryBatch {
  /** Number of entries in the columns. */
  count = 0;
  /** The bytes that the entries were read from. */
  bytes: Uint8Array;
  /** A view of the same bytes, to read four at a time. */
  view: DataView;
  /** Offset of the first of these bytes. */
  base = 0;
  /** Offset of each entry. The contents octets of userCertificate start four bytes after it. */
  readonly starts: Int32Array;
  /** Offset after each userCertificate, where revocationDate starts. */
  readonly serialEnds: Int32Array;
  /** revocationDate of each entry in seconds since 1970. */
  readonly dates: Float64Array;
  /** Value of the reasonCode of each entry, or `noReason`. */
  readonly reasons: Int8Array;

  /**
   * @param bytes bytes that entries are read from
   * @param length number of bytes of all entries: most CRLs are small, and need only short columns
   */
  constructor(bytes: Uint8Array, length: number) {
    const size = Math.max(1, Math.min(largest, Math.ceil(length / shortest)));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.starts = new Int32Array(size);
    this.serialEnds = new Int32Array(size);
    this.dates = new Float64Array(size);
    this.reasons = new Int8Array(size);
  }

  /** Replaces the bytes that entries are read from. `base` is the offset of the first of them. */
  readFrom(bytes: Uint8Array, base: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.base = base;
  }
}

/** Number of bytes of a UTCTime in the form of RFC 5280, YYMMDDHHMMSSZ, with its identifier and length octet. */
export const utcTimeSize = 15;

/** Number of bytes of a crlEntryExtensions that contains only a non-critical reasonCode. */
export const reasonSize = 14;

/**
 * Reads entries of the shape that nearly all real entries have: lengths in the short form, a minimal serial, a UTCTime
 * that is a valid date in the form of RFC 5280, and no extensions or only a non-critical reasonCode. The result is
 * exactly that of the general reader. Stops before the first entry of any other shape, and at the end of the bytes that
 * the batch reads from.
 *
 * @returns offset of the entry that it stopped at, or `end`
 */
export function readCommonEntries(position: number, end: number, batch: EntryBatch): number {
  const { bytes, view, base, starts, serialEnds, dates, reasons } = batch;
  const size = starts.length;
  const limit = Math.min(end - base, bytes.length);
  let at = position - base;
  let count = 0;
  while (count < size && at + shortest <= limit) {
    // The identifier and length octets of the entry and of its serial.
    const header = view.getInt32(at);
    const end = at + 2 + ((header >> 16) & 0x7f);
    const serialLength = header & 0x7f;
    const date = at + 4 + serialLength;
    if ((header & ~0x7f_007f) !== usualHeader || serialLength === 0 || end > limit || date + utcTimeSize > end) break;
    const first = bytes[at + 4] as number;
    // X.690 8.3.2: the first nine bits must be neither all zero nor all one.
    if (serialLength > 1 && (first === 0 || first === 0xff) && first >> 7 === (bytes[at + 5] as number) >> 7) break;
    if (view.getInt16(date) !== utcTimeHeader || bytes[date + 14] !== 0x5a) break;
    const seconds = utcSeconds(view, date + 2);
    if (seconds !== seconds) break;
    let reason = noReason;
    if (date + utcTimeSize !== end) {
      if (date + utcTimeSize + reasonSize !== end || !isReasonOnly(view, date + utcTimeSize)) break;
      reason = bytes[end - 1] as number;
      if (reason >= 0x80) break;
    }
    starts[count] = at + base;
    serialEnds[count] = date + base;
    dates[count] = seconds;
    reasons[count] = reason;
    count += 1;
    at = end;
  }
  batch.count = count;
  return at + base;
}

/** The bytes before the contents of a serial, with 0 for the lengths of the entry and the serial. */
const usualHeader = (Tag.sequence << 24) | (Tag.integer << 8);

/** The bytes before the contents of a UTCTime in the form of RFC 5280. */
const utcTimeHeader = (Tag.utcTime << 8) | 13;

/** Whether crlEntryExtensions contains only a non-critical reasonCode: compares all bytes before its value. */
function isReasonOnly(view: DataView, at: number): boolean {
  return (
    view.getInt32(at) === 0x30_0c_30_0a &&
    view.getInt32(at + 4) === 0x06_03_55_1d &&
    view.getInt32(at + 8) === 0x15_04_03_0a &&
    view.getUint8(at + 12) === 0x01
  );
}

/** Combines four bytes with the values of decimal digits into two numbers of two digits, in 16 bits each. */
function pairs(digits: number): number {
  return ((digits >>> 8) * 10 + digits) & 0xff_00ff;
}

const monthLengths = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/**
 * Number of years by which each month belongs to an earlier year, if years start in March. The leap day is then the
 * last.
 */
const yearsBefore = Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Number of days before each month in such a year. */
const daysBeforeMonth = Int16Array.of(0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275);

/** Number of days that the sum in `utcSeconds` has for 1970-01-01. */
const epoch = 719_484;

/**
 * Returns YYMMDDHHMMSS at `at` in seconds since 1970; NaN if it is not a valid time. A UTCTime can only be in the years
 * 1950 to 2049 (RFC 5280 4.1.2.5.1): every fourth of them has a leap day.
 */
function utcSeconds(view: DataView, at: number): number {
  const one = view.getInt32(at) ^ 0x30_30_30_30;
  const two = view.getInt32(at + 4) ^ 0x30_30_30_30;
  const three = view.getInt32(at + 8) ^ 0x30_30_30_30;
  // The top bit of a byte is set if its value is above 9, either directly or after 0x76 was added.
  const above = one | two | three | (one + 0x76_76_76_76) | (two + 0x76_76_76_76) | (three + 0x76_76_76_76);
  if ((above & 0x80_80_80_80) !== 0) return Number.NaN;
  const yearAndMonth = pairs(one);
  const dayAndHour = pairs(two);
  const minuteAndSecond = pairs(three);
  const year = yearAndMonth >> 16;
  const month = yearAndMonth & 0xff;
  const day = dayAndHour >> 16;
  const hour = dayAndHour & 0xff;
  const minute = minuteAndSecond >> 16;
  const second = minuteAndSecond & 0xff;
  if (month > 12 || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  if (day === 0 || day > (monthLengths[month] as number)) return Number.NaN;
  if (day === 29 && month === 2 && (year & 3) !== 0) return Number.NaN;
  const fromMarch = (year >= 50 ? 1900 : 2000) + year - (yearsBefore[month] as number);
  const days = fromMarch * 365 + (fromMarch >> 2) + (daysBeforeMonth[month] as number) + day - epoch;
  return days * 86_400 + hour * 3600 + minute * 60 + second;
}
