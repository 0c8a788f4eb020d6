import type { Rdn } from "./parse.ts";

/**
 * Kinds of difference between one name (the CRL's issuer) and another (the CA's subject). Ordered by importance: a kind
 * that explains more about the cause comes first.
 */
export const differenceKinds = [
  /** The name of the CA certificate's own issuer. */
  "parent-name",
  /** No RDN in common: a different CA's name. */
  "different",
  /** RDNs of the subject are merged into one. */
  "merged",
  /** A multi-valued RDN of the subject is split. */
  "split",
  /** The RDNs are in reverse order. */
  "reversed",
  /** The RDNs are in another order. */
  "reordered",
  /** RDNs of the subject are missing. */
  "missing-rdn",
  /** An RDN of the subject appears once more. */
  "repeated-rdn",
  /** There are RDNs that the subject does not have. */
  "extra-rdn",
  /** The same value under another attribute type. */
  "attribute-type",
  /** Different text. */
  "text",
  /** The same text in another ASN.1 string type. */
  "string-type",
  /** The same by RFC 5280 7.1, but with different case, whitespace or composition of characters. */
  "case-or-space",
  /** Attributes in a different order inside an RDN. */
  "set-order",
  /** The same name in other bytes: BER that is not DER. */
  "encoding",
] as const;

/** See `differenceKinds`. */
export type DifferenceKind = (typeof differenceKinds)[number];

/**
 * Mark in the middle column of a row, about its left RDN: `=` if the right name has the same bytes at the same
 * position; `#3` if it has them at position 3 (from 1); `repeated` if the RDN appears once more than in the right name;
 * `none` if the right name has nothing similar; else the difference from the RDN at `foundAt`. In a row without a left
 * RDN, the mark is about the right one: `missing`, `moved` if the left name has it in another row, or the kind of its
 * change.
 */
export type RowMark =
  | "="
  | `#${number}`
  | "merged"
  | "split"
  | "missing"
  | "moved"
  | "repeated"
  | "oid"
  | "text"
  | "type"
  | "case"
  | "order"
  | "encoding"
  | "none";

/**
 * One row of the comparison. Names with the same number of RDNs are shown side by side, position by position.
 * Otherwise, corresponding RDNs are in one row. Every RDN of either name is in exactly one row, in encoded order.
 */
export interface NameRow {
  /** Number of the row, from 0. */
  readonly index: number;
  readonly left?: Rdn;
  readonly right?: Rdn;
  /** Zero-based positions of the two RDNs in their names; undefined if the row has none. */
  readonly leftIndex?: number;
  readonly rightIndex?: number;
  readonly mark: RowMark;
  /**
   * Zero-based position of the RDN of the right name that corresponds to the left one, even if it is in another row.
   */
  readonly foundAt?: number;
}

/** Difference between two names. */
export interface NameDifference {
  /** The first of `kinds`. */
  readonly kind: DifferenceKind;
  /** All kinds of difference, in the order of `differenceKinds`; never empty. */
  readonly kinds: readonly DifferenceKind[];
  /** Whether the two are the same name by RFC 5280 7.1. */
  readonly equivalent: boolean;
  /** One line that completes "the CRL issuer is not byte-for-byte the CA's subject: ". Escaped. */
  readonly summary: string;
  /** Zero-based index of the first byte in which the two Name TLVs differ. */
  readonly firstDifference: number;
  readonly rows: readonly NameRow[];
}

/**
 * Location of a difference: zero-based positions in the left and right name; undefined if it has no position in one.
 */
export interface Place {
  readonly left?: number;
  readonly right?: number;
}

/** Locations of the differences of each kind: all are counted, the first few are kept. */
export class Evidence {
  readonly #found = new Map<DifferenceKind, { count: number; first: Place[] }>();

  /** Records a difference. */
  add(kind: DifferenceKind, place: Place = {}): void {
    let found = this.#found.get(kind);
    if (found === undefined) this.#found.set(kind, (found = { count: 0, first: [] }));
    found.count += 1;
    if (found.first.length < 3) found.first.push(place);
  }

  /** Returns the locations of one kind. */
  of(kind: DifferenceKind): { readonly count: number; readonly first: readonly Place[] } {
    return this.#found.get(kind) ?? { count: 0, first: [] };
  }

  /** The kinds that were found, in the order of `differenceKinds`. */
  get kinds(): readonly DifferenceKind[] {
    return differenceKinds.filter((kind) => this.#found.has(kind));
  }
}
