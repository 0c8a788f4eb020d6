import { Tag } from "../der/tag.ts";

/** `reason` of an entry without a reasonCode. */
export const noReason = -1;

/**
 * Maximum number of entries that one call reads. A bounded piece of work lets the engine optimize the loop as a whole
 * function instead of replacing it half-way.
 */
const largest = 256;

/** Bytes of the shortest entry of the common shape. */
export const shortest = 20;

/** Bytes of the longest entry of the common shape. */
export const longest = 0x7f + 2;

/** Bytes of an entry of the common shape before the contents octets of its serial: two identifiers, two lengths. */
export const headerSize = 4;

/** Columns of a run of entries that all have the common shape; reused from run to run. */
export class EntryBatch {
  /** Entries in the columns. */
  count = 0;
  /** The bytes that they were read from. */
  bytes: Uint8Array;
  /** The same bytes, to read four at a time. */
  view: DataView;
  /** Offset of the first of these bytes. */
  base = 0;
  /** Offset of the entry; the contents octets of userCertificate begin four bytes after it. */
  readonly starts: Int32Array;
  /** Offset after userCertificate, where revocationDate starts. */
  readonly serialEnds: Int32Array;
  /** revocationDate in seconds since 1970. */
  readonly dates: Float64Array;
  /** Value of the reasonCode, or `noReason`. */
  readonly reasons: Int8Array;

  /**
   * @param bytes what entries are read from
   * @param length number of bytes of all entries: most CRLs are small, and need few columns
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

  /** Changes the bytes that entries are read from; `base` is the offset of the first of them. */
  readFrom(bytes: Uint8Array, base: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.base = base;
  }
}

/** Bytes of a UTCTime in the form of RFC 5280, YYMMDDHHMMSSZ, with its identifier and length octet. */
export const utcTimeSize = 15;

/** Bytes of a crlEntryExtensions that is only a non-critical reasonCode. */
export const reasonSize = 14;

/**
 * Reads entries of the shape that nearly all in the wild have: lengths in the short form, a minimal serial, a UTCTime
 * of the calendar in the form of RFC 5280, and no extensions or just a non-critical reasonCode. What it reads it reads
 * exactly as the general reader would. It stops before the first entry of any other shape, and where the bytes end that
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
    // The identifier and length octets of the entry, and those of its serial.
    const header = view.getInt32(at);
    const end = at + 2 + ((header >> 16) & 0x7f);
    const serialLength = header & 0x7f;
    const date = at + 4 + serialLength;
    if ((header & ~0x7f_007f) !== usualHeader || serialLength === 0 || end > limit || date + utcTimeSize > end) break;
    const first = bytes[at + 4] as number;
    // X.690 8.3.2: the first nine bits are neither all zero nor all one.
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

/** The bytes before a serial whose length and that of its entry are 0. */
const usualHeader = (Tag.sequence << 24) | (Tag.integer << 8);

/** The bytes before a UTCTime of the form of RFC 5280. */
const utcTimeHeader = (Tag.utcTime << 8) | 13;

/** crlEntryExtensions that is only a non-critical reasonCode: all bytes before its value. */
function isReasonOnly(view: DataView, at: number): boolean {
  return (
    view.getInt32(at) === 0x30_0c_30_0a &&
    view.getInt32(at + 4) === 0x06_03_55_1d &&
    view.getInt32(at + 8) === 0x15_04_03_0a &&
    view.getUint8(at + 12) === 0x01
  );
}

/** Four bytes that are the values of decimal digits: the first two and the last two as numbers, in 16 bits each. */
function pairs(digits: number): number {
  return ((digits >>> 8) * 10 + digits) & 0xff_00ff;
}

const monthLengths = Uint8Array.of(0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/** A year that begins in March has the leap day as its last: for each month how many years before it that one began. */
const yearsBefore = Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** Days before a month in such a year. */
const daysBeforeMonth = Int16Array.of(0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275);

/** The sum in `utcSeconds` for 1970-01-01. */
const epoch = 719_484;

/**
 * YYMMDDHHMMSS at `at` in seconds since 1970; NaN if it is not a valid time. All years that a UTCTime can
 * mean are 1950 to 2049 (RFC 5280 4.1.2.5.1): every fourth of them has a leap day.
 */
function utcSeconds(view: DataView, at: number): number {
  const one = view.getInt32(at) ^ 0x30_30_30_30;
  const two = view.getInt32(at + 4) ^ 0x30_30_30_30;
  const three = view.getInt32(at + 8) ^ 0x30_30_30_30;
  // The top bit of a byte is set if it is above 9, or is when 0x76 has been added.
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
