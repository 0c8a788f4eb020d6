import type { PemFaults } from "./fault.ts";
import type { Lines } from "./lines.ts";

const field = /^[A-Za-z][A-Za-z0-9-]*:/u;

/**
 * Skips RFC 1421 headers (`Proc-Type: 4,ENCRYPTED`) between a BEGIN line and the base64, and the blank line after them.
 * Reports each: RFC 7468 does not allow them. Does not move `lines` if there are none.
 *
 * @param lines at the end of the BEGIN boundary
 * @param end offset of the end of the block's text
 */
export function skipHeaders(bytes: Uint8Array, lines: Lines, end: number, faults: PemFaults): void {
  const first = nextLine(bytes, lines.at, end);
  if (!isBlank(bytes, lines.at, first) || !field.test(head(bytes, first, end))) return;
  lines.walk(first);
  let previous = "";
  while (lines.at < end) {
    const next = nextLine(bytes, lines.at, end);
    const text = head(bytes, lines.at, next);
    const name = field.exec(text)?.[0];
    const isContinuation = /^[ \t]/u.test(text);
    if (isBlank(bytes, lines.at, next)) {
      lines.walk(next);
      return;
    }
    if (name === undefined && !isContinuation) return;
    previous = name ?? previous;
    const message = `header "${previous}" inside the block`;
    if (name !== undefined) faults.add("input/explanatory-text-or-headers", lines.at, lines.place, () => message);
    lines.walk(next);
  }
}

/** Returns the offset of the next line. */
function nextLine(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at += 1;
  if (at < end && bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 1;
  return Math.min(at + 1, end);
}

function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at += 1) if (!" \t\r\n".includes(String.fromCharCode(bytes[at] ?? 0))) return false;
  return true;
}

/** Returns the first characters of a line, enough for the name of any header. */
function head(bytes: Uint8Array, from: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(from, Math.min(end, from + 64)));
}
