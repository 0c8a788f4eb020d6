/**
 * What can be wrong with a textual encoding (RFC 7468). Each code is the id of the rule that reports it; the last two
 * depend on what was decoded and are added by `input/`.
 */
export const pemFaultCodes = [
  "input/base64-invalid",
  "input/base64-pad-bits",
  "input/explanatory-text-or-headers",
  "input/extraneous-whitespace",
  "input/line-length-not-64",
  "input/over-limit",
  "input/label-not-x509-crl",
  "input/content-not-certificate-list",
] as const;

/** One of `pemFaultCodes`. */
export type PemFaultCode = (typeof pemFaultCodes)[number];

/**
 * A place in a text file: line and column count from 1, the column in bytes and without a byte order mark. Both are 0
 * for a fault of a file that is not text.
 */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** One fault in the text: its place, and what it is. */
export interface PemFault extends TextPlace {
  readonly code: PemFaultCode;
  /** Bytes before it in the file. */
  readonly offset: number;
  /** Lower case; names the thing and its value. Of the file it has only bytes that are printable ASCII. */
  readonly message: string;
}

/** Faults of one code: how many there were, and the first of them in the order of the file. */
export interface PemFaultGroup {
  readonly code: PemFaultCode;
  readonly first: readonly PemFault[];
  readonly count: number;
}

/** What the fault of a byte order mark says. */
export const byteOrderMark = "byte order mark at the start of the file";

/** How many faults of one code keep their place; the rest are only counted. */
const keep = 20;

/** Collects faults: counts all, and keeps the first of each code. A million bad lines then cost one counter. */
export class PemFaults {
  readonly #groups = new Map<PemFaultCode, { code: PemFaultCode; first: PemFault[]; count: number }>();

  /** Records a fault. The message is only made for a fault that is kept. */
  add(code: PemFaultCode, offset: number, place: TextPlace, message: () => string): void {
    let group = this.#groups.get(code);
    if (group === undefined) this.#groups.set(code, (group = { code, first: [], count: 0 }));
    group.count += 1;
    if (group.first.length < keep) {
      group.first.push({ code, offset, line: place.line, column: place.column, message: message() });
    }
  }

  /** The faults by code, in the order in which each code was first met. */
  groups(): readonly PemFaultGroup[] {
    return [...this.#groups.values()];
  }
}

/** Joins groups of several places into one group per code, each in the order of the file. */
export function mergeFaults(groups: readonly PemFaultGroup[]): readonly PemFaultGroup[] {
  const merged = new Map<PemFaultCode, PemFaultGroup>();
  for (const group of groups) {
    const other = merged.get(group.code);
    const first = [...(other?.first ?? []), ...group.first].sort((a, b) => a.offset - b.offset).slice(0, keep);
    merged.set(group.code, { code: group.code, first, count: (other?.count ?? 0) + group.count });
  }
  return [...merged.values()];
}
