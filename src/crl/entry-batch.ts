import { Tag } from "../der/tag.ts";
import { secondsOf } from "../der/time.ts";

/** `reason` of an entry without a reasonCode. */
export const noReason = -1;

/**
 * Entries that one call reads at the most. A bounded piece of work lets the engine optimise the loop as a whole
 * function instead of replacing it half-way.
 */
const size = 256;

/** Columns of a run of entries that all have the common shape; reused from run to run. */
export class EntryBatch {
  /** Entries in the columns. */
  count = 0;
  readonly starts = new Int32Array(size);
  readonly ends = new Int32Array(size);
  /** Offset of the first and behind the last contents octet of userCertificate. */
  readonly serials = new Int32Array(size);
  readonly serialEnds = new Int32Array(size);
  /** Offset behind revocationDate, where crlEntryExtensions starts if there is one. */
  readonly dateEnds = new Int32Array(size);
  /** revocationDate in seconds since 1970. */
  readonly dates = new Float64Array(size);
  /** Value of the reasonCode, or `noReason`. */
  readonly reasons = new Int8Array(size);
  /** The day of the entry before, as its six digits, and its seconds: entries of one day share the arithmetic. */
  day = -1;
  daySeconds = 0;
}

/**
 * Reads entries of the shape that nearly all in the wild have: lengths in the short form, a minimal serial, a UTCTime
 * of the calendar in the form of RFC 5280, and no extensions or just a non-critical reasonCode. What it reads it reads
 * exactly as the general reader would; it stops in front of the first entry of any other shape.
 *
 * @returns offset of the entry that it stopped at, or `limit`
 */
export function readCommonEntries(bytes: Uint8Array, position: number, limit: number, batch: EntryBatch): number {
  const { starts, ends, serials, serialEnds, dateEnds, dates, reasons } = batch;
  let at = position;
  let count = 0;
  while (count < size && at + 20 <= limit) {
    const length = bytes[at + 1] as number;
    const end = at + 2 + length;
    if (bytes[at] !== Tag.sequence || length >= 0x80 || end > limit || bytes[at + 2] !== Tag.integer) break;
    const serialLength = bytes[at + 3] as number;
    const date = at + 4 + serialLength;
    if (serialLength === 0 || serialLength >= 0x80 || date + 15 > end) break;
    const first = bytes[at + 4] as number;
    // X.690 8.3.2: the first nine bits are neither all zero nor all one.
    if (serialLength > 1 && (first === 0 || first === 0xff) && first >> 7 === (bytes[at + 5] as number) >> 7) break;
    if (bytes[date] !== Tag.utcTime || bytes[date + 1] !== 13 || bytes[date + 14] !== 0x5a) break;
    const seconds = utcSeconds(bytes, date + 2, batch);
    if (seconds !== seconds) break;
    const dateEnd = date + 15;
    let reason = noReason;
    if (dateEnd !== end) {
      if (end - dateEnd !== 14 || !isReasonOnly(bytes, dateEnd)) break;
      reason = bytes[end - 1] as number;
      if (reason >= 0x80) break;
    }
    starts[count] = at;
    ends[count] = end;
    serials[count] = at + 4;
    serialEnds[count] = date;
    dateEnds[count] = dateEnd;
    dates[count] = seconds;
    reasons[count] = reason;
    count += 1;
    at = end;
  }
  batch.count = count;
  return at;
}

/** crlEntryExtensions that is nothing but a non-critical reasonCode: all octets in front of its value. */
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

/** Two decimal digits as a number; 100 or more, or negative, where they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : 100;
}

/** YYMMDDHHMMSS at `at` in seconds since 1970; NaN where it is no moment of the calendar. */
function utcSeconds(bytes: Uint8Array, at: number, batch: EntryBatch): number {
  const hour = pair(bytes, at + 6);
  const minute = pair(bytes, at + 8);
  const second = pair(bytes, at + 10);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const year = pair(bytes, at);
  const month = pair(bytes, at + 2);
  const day = pair(bytes, at + 4);
  const key = (year * 101 + month) * 101 + day;
  if (key !== batch.day) {
    if (year > 99) return Number.NaN;
    // RFC 5280 4.1.2.5.1: YY of 50 and above is 19YY.
    const start = secondsOf(year >= 50 ? 1900 + year : 2000 + year, month, day, 0, 0, 0);
    if (start === undefined) return Number.NaN;
    batch.day = key;
    batch.daySeconds = start;
  }
  return batch.daySeconds + hour * 3600 + minute * 60 + second;
}
