import { formatCount } from "../rule/format-count.ts";
import { Problem } from "./problem.ts";

/** Maximum number of values in a JSON body, and of fields in a form. */
const maximumValues = 10_000;

/** Maximum number of characters in a form field for an option. A list of patterns can be this long. */
export const maximumText = 2 ** 17;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const bracket = 0x5b;
const brace = 0x7b;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const ampersand = 0x26;

/** Length in bytes of two hyphens and the longest boundary that RFC 2046 section 5.1.1 allows. */
const longestDelimiter = 72;

/** Returns the problem of a body that does not have the type in its header. */
export function notAForm(): Problem {
  return new Problem("bad-request", "the body is not a form of the type that its header states");
}

/** Returns the problem of a body with too many parts to be built in memory. */
function tooMany(noun: string): Problem {
  return new Problem("body-too-large", `the maximum number of ${noun} is ${formatCount(maximumValues)}`);
}

/**
 * Counts the values in a JSON body before anything is built from them. Each value is the first, or follows a comma or
 * an opening bracket. A body that is not JSON is counted as well; its parser reports the fault.
 *
 * @throws Problem if there are too many
 */
export function checkValueCount(body: Uint8Array): void {
  let count = 1;
  let isString = false;
  for (let i = 0; i < body.length; i += 1) {
    const byte = body[i];
    if (isString) {
      if (byte === backslash) i += 1;
      else if (byte === quote) isString = false;
    } else if (byte === quote) isString = true;
    else if (byte === comma || byte === bracket || byte === brace) {
      count += 1;
      if (count > maximumValues) throw tooMany("values");
    }
  }
}

/**
 * Counts the fields of a form of type application/x-www-form-urlencoded.
 *
 * @throws Problem if there are too many
 */
export function checkFieldCount(body: Uint8Array): void {
  let count = 1;
  for (const byte of body) {
    if (byte !== ampersand) continue;
    count += 1;
    if (count > maximumValues) throw tooMany("fields");
  }
}

/**
 * Counts the parts of a form of type multipart/form-data. Each starts with the first line of the form: two hyphens and
 * the boundary (RFC 2046 section 5.1.1).
 *
 * @throws Problem if there are too many, or the first line is longer than a boundary may be
 */
export function checkPartCount(body: Uint8Array): void {
  let start = 0;
  while (body[start] === carriageReturn || body[start] === lineFeed) start += 1;
  const line = body.subarray(start, start + longestDelimiter + 1);
  const length = line.indexOf(carriageReturn);
  if (length === -1) throw notAForm();
  let count = 1;
  for (let i = start; i < body.length; i += 1) {
    if (body[i] !== lineFeed || !startsWith(body, i + 1, line, length)) continue;
    count += 1;
    // The last delimiter closes the form.
    if (count > maximumValues + 1) throw tooMany("fields");
  }
}

/** Whether the bytes at `at` are the first `length` bytes of `prefix`. */
function startsWith(body: Uint8Array, at: number, prefix: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i += 1) if (body[at + i] !== prefix[i]) return false;
  return true;
}
