/**
 * Codes of the faults of a textual encoding (RFC 7468). Each code is the id of the rule that reports it. The last two
 * depend on the decoded bytes and are added by `input/`.
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
 * A position in a text file. Line and column are counted from 1, the column in bytes and without a byte order mark.
 * Both are 0 for a fault of a file that is not text.
 */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** One fault in the text, with its position. */
export interface PemFault extends TextPlace {
  readonly code: PemFaultCode;
  /** Number of bytes before it in the file. */
  readonly offset: number;
  /**
   * The error, lower case; names the element and its value. It quotes only bytes of the file that are printable ASCII.
   */
  readonly message: string;
}

/** Faults of one code: their number, and the first of them in the order of the file. */
export interface PemFaultGroup {
  readonly code: PemFaultCode;
  readonly first: readonly PemFault[];
  readonly count: number;
}

/** Message of the fault for a byte order mark. */
export const byteOrderMark = "byte order mark at the start of the file";

/** Number of faults of one code whose positions are kept; the others are only counted. */
const keep = 20;

/** Collects faults: counts all, and keeps the first ones of each code. A million bad lines then cost one counter. */
export class PemFaults {
  readonly #groups = new Map<PemFaultCode, { code: PemFaultCode; first: PemFault[]; count: number }>();

  /** Records a fault. The message is built only if the fault is kept. */
  add(code: PemFaultCode, offset: number, place: TextPlace, message: () => string): void {
    let group = this.#groups.get(code);
    if (group === undefined) this.#groups.set(code, (group = { code, first: [], count: 0 }));
    group.count += 1;
    if (group.first.length < keep) {
      group.first.push({ code, offset, line: place.line, column: place.column, message: message() });
    }
  }

  /** Returns the faults by code, in the order in which each code first occurred. */
  groups(): readonly PemFaultGroup[] {
    return [...this.#groups.values()];
  }
}

/** Merges groups from several sources into one group per code, each in the order of the file. */
export function mergeFaults(groups: readonly PemFaultGroup[]): readonly PemFaultGroup[] {
  const merged = new Map<PemFaultCode, PemFaultGroup>();
  for (const group of groups) {
    const other = merged.get(group.code);
    const first = [...(other?.first ?? []), ...group.first].sort((a, b) => a.offset - b.offset).slice(0, keep);
    merged.set(group.code, { code: group.code, first, count: (other?.count ?? 0) + group.count });
  }
  return [...merged.values()];
}
