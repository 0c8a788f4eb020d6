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
  const { bytes, base, starts, serialEnds, dates, reasons } = batch;
  const size = starts.length;
  const limit = Math.min(end - base, bytes.length);
  let at = position - base;
  let count = 0;
  while (count < size && at + shortest <= limit) {
    const length = bytes[at + 1] as number;
    const end = at + 2 + length;
    if (bytes[at] !== Tag.sequence || length >= 0x80 || end > limit || bytes[at + 2] !== Tag.integer) break;
    const serialLength = bytes[at + 3] as number;
    const date = at + 4 + serialLength;
    if (serialLength === 0 || serialLength >= 0x80 || date + utcTimeSize > end) break;
    const first = bytes[at + 4] as number;
    // X.690 8.3.2: the first nine bits are neither all zero nor all one.
    if (serialLength > 1 && (first === 0 || first === 0xff) && first >> 7 === (bytes[at + 5] as number) >> 7) break;
    if (bytes[date] !== Tag.utcTime || bytes[date + 1] !== 13 || bytes[date + 14] !== 0x5a) break;
    const seconds = utcSeconds(bytes, date + 2);
    if (seconds !== seconds) break;
    let reason = noReason;
    if (date + utcTimeSize !== end) {
      if (date + utcTimeSize + reasonSize !== end || !isReasonOnly(bytes, date + utcTimeSize)) break;
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

/** crlEntryExtensions that is only a non-critical reasonCode: all bytes before its value. */
function isReasonOnly(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === 0x30 &&
    bytes[at + 1] === 0x0c &&
    bytes[at + 2] === 0x30 &&
    bytes[at + 3] === 0x0a &&
    bytes[at + 4] === 0x06 &&
    bytes[at + 5] === 0x03 &&
    bytes[at + 6] === 0x55 &&
    bytes[at + 7] === 0x1d &&
    bytes[at + 8] === 0x15 &&
    bytes[at + 9] === 0x04 &&
    bytes[at + 10] === 0x03 &&
    bytes[at + 11] === 0x0a &&
    bytes[at + 12] === 0x01
  );
}

/** Returns two decimal digits as a number; 100 if they are not digits. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : 100;
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
function utcSeconds(bytes: Uint8Array, at: number): number {
  const year = pair(bytes, at);
  const month = pair(bytes, at + 2);
  const day = pair(bytes, at + 4);
  const hour = pair(bytes, at + 6);
  const minute = pair(bytes, at + 8);
  const second = pair(bytes, at + 10);
  if (year > 99 || month > 12 || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  if (day === 0 || day > (monthLengths[month] as number)) return Number.NaN;
  if (day === 29 && month === 2 && (year & 3) !== 0) return Number.NaN;
  const fromMarch = (year >= 50 ? 1900 : 2000) + year - (yearsBefore[month] as number);
  const days = fromMarch * 365 + (fromMarch >> 2) + (daysBeforeMonth[month] as number) + day - epoch;
  return days * 86_400 + hour * 3600 + minute * 60 + second;
}
