/** One encapsulation boundary (RFC 7468 section 2): `-----BEGIN X509 CRL-----`. */
export interface Boundary {
  readonly type: "BEGIN" | "END";
  readonly start: number;
  /** Offset after its last dash, or after the part of it that can be read. */
  readonly end: number;
  /** Undefined unless the label and 5 more dashes follow on the same line. */
  readonly label: string | undefined;
}

const dash = 0x2d;
/** Bytes of `BEGIN ` and `END `. */
const words = { BEGIN: [0x42, 0x45, 0x47, 0x49, 0x4e, 0x20], END: [0x45, 0x4e, 0x44, 0x20] } as const;
/** The longest label in use has 26 characters. Text longer than this is not a label. */
const maximumLabel = 64;

/**
 * Finds the next boundary at or after `from`. Reads each byte once, except for a bounded look-ahead.
 *
 * @returns undefined if there is none before the end of the file
 */
export function findBoundary(bytes: Uint8Array, from: number): Boundary | undefined {
  let at = bytes.indexOf(dash, from);
  while (at !== -1) {
    const dashes = countDashes(bytes, at);
    // Of 6 or more dashes, the last 5 belong to the boundary.
    const boundary = dashes >= 5 ? readBoundary(bytes, at + dashes - 5) : undefined;
    if (boundary !== undefined) return boundary;
    at = bytes.indexOf(dash, at + dashes);
  }
  return undefined;
}

/**
 * Returns the type of boundary that a damaged line resembles. It starts with dashes but is not a boundary: it has too
 * few dashes, a space between dashes and word, or lower case.
 */
export function damagedBoundary(bytes: Uint8Array, start: number): Boundary["type"] | undefined {
  let at = start;
  while (bytes[at] === dash && at < start + maximumLabel) at += 1;
  while (bytes[at] === 0x20 && at < start + maximumLabel) at += 1;
  const word = String.fromCharCode(...bytes.subarray(at, at + 6)).toUpperCase();
  return word === "BEGIN " ? "BEGIN" : word.startsWith("END ") ? "END" : undefined;
}

function countDashes(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end] === dash) end += 1;
  return end - at;
}

function readBoundary(bytes: Uint8Array, start: number): Boundary | undefined {
  for (const type of ["BEGIN", "END"] as const) {
    const word = words[type];
    const labelStart = start + 5 + word.length;
    if (!word.every((byte, i) => bytes[start + 5 + i] === byte)) continue;
    const label = readLabel(bytes, labelStart);
    const end = label === undefined ? labelStart : labelStart + label.length + 5;
    return { type, start, end, label };
  }
  return undefined;
}

/** Reads a label: printable ASCII, in which single dashes are allowed (RFC 7468 section 3: labelchar). */
function readLabel(bytes: Uint8Array, start: number): string | undefined {
  let label = "";
  for (let at = start; at <= start + maximumLabel; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isFiveDashes(bytes, at)) return label;
    if (byte < 0x20 || byte > 0x7e) return undefined;
    label += String.fromCharCode(byte);
  }
  return undefined;
}

function isFiveDashes(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 5; i += 1) if (bytes[at + i] !== dash) return false;
  return true;
}
