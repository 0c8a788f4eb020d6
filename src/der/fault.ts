import type { Span } from "./span.ts";

/**
 * The errors that a reader can find in the bytes. Each code is the id of the rule that reports it. A fault thus becomes
 * a finding, with citation and explanation, in exactly one rule.
 */
export const faultCodes = [
  "der/bit-string-unused-bits-nonzero",
  "der/bit-string-unused-count",
  "der/bmp-universal-teletex-malformed",
  "der/boolean-length",
  "der/boolean-true-not-ff",
  "der/constructed-string",
  "der/default-value-encoded",
  "der/extension-value-trailing-data",
  "der/high-tag-form",
  "der/ia5-string-charset",
  "der/indefinite-length",
  "der/integer-empty",
  "der/integer-not-minimal",
  "der/length-not-minimal",
  "der/length-past-parent",
  "der/named-bit-list-trailing-zeros",
  "der/null-not-empty",
  "der/oid-not-minimal",
  "der/oid-over-limit",
  "der/printable-string-charset",
  "der/private-extension-not-der",
  "der/reserved-length-octet",
  "der/sequence-set-must-be-constructed",
  "der/set-of-order",
  "der/time-invalid-calendar",
  "der/time-not-z",
  "der/time-seconds-missing",
  "der/unexpected-element",
  "der/utf8-string-invalid",
  "general-name/directory-name-attribute",
  "general-name/empty",
  "general-name/ip-address-length",
  "input/over-limit",
  "input/trailing-data",
  "input/truncated",
  "structure/certificate-list",
  "structure/entry",
  "structure/extension",
  "structure/signature-not-octets",
  "structure/tbs-cert-list",
  "time/generalized-time-form",
  "time/time-fraction",
  "time/utc-time-form",
] as const;

/** One of `faultCodes`. */
export type FaultCode = (typeof faultCodes)[number];

/** One fault in the bytes: its position, the value found, and the value expected. */
export interface DerFault extends Span {
  readonly code: FaultCode;
  /** ASN.1 path of the element that is wrong: `tbsCertList.thisUpdate`. */
  readonly path: string;
  /** The error, lower case; names the element and its value. */
  readonly message: string;
}

/** Faults of one code in one artefact: their number, and the first of them in the order of reading. */
export interface FaultGroup {
  readonly code: FaultCode;
  readonly first: readonly DerFault[];
  readonly count: number;
}

/**
 * The faults that readers have found. All are counted, but only the first `keep` of each code are kept: a CRL with a
 * million malformed entries requires a counter, not a million objects.
 */
export class Faults {
  /** Created for the first fault: nearly all certificates have none. */
  #groups: Map<FaultCode, { code: FaultCode; first: DerFault[]; count: number }> | undefined;
  readonly #keep: number;

  /** @param keep maximum number of faults of one code that are kept with their position; the rest are only counted */
  constructor(keep = 20) {
    this.#keep = keep;
  }

  /** Records a fault. */
  add(code: FaultCode, span: Span, path: string, message: string): void {
    const groups = (this.#groups ??= new Map());
    let group = groups.get(code);
    if (group === undefined) groups.set(code, (group = { code, first: [], count: 0 }));
    group.count += 1;
    if (group.first.length < this.#keep) {
      group.first.push({ code, start: span.start, end: span.end, path, message });
    }
  }

  /** Returns the faults of one code; undefined if there are none. */
  of(code: FaultCode): FaultGroup | undefined {
    return this.#groups?.get(code);
  }

  /** Returns all faults by code, in the order in which each code was first found. */
  groups(): Iterable<FaultGroup> {
    return this.#groups?.values() ?? [];
  }

  /** Number of all faults. */
  get count(): number {
    let count = 0;
    for (const group of this.groups()) count += group.count;
    return count;
  }
}
