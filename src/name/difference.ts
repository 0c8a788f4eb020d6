import type { Rdn } from "./parse.ts";

/**
 * In what way one name (the CRL's issuer) is not another one (the CA's subject). Ordered by importance: what says
 * most about the cause comes first.
 */
export const differenceKinds = [
  /** It is the name of the CA certificate's own issuer. */
  "parent-name",
  /** No RDN in common: a different CA's name. */
  "different",
  /** RDNs of the subject are put together into one. */
  "merged",
  /** A multi-valued RDN of the subject is taken apart. */
  "split",
  /** The RDNs are in reverse order. */
  "reversed",
  /** The RDNs are in another order. */
  "reordered",
  /** RDNs of the subject are not there. */
  "missing-rdn",
  /** An RDN of the subject is there once more. */
  "repeated-rdn",
  /** There are RDNs that the subject does not have. */
  "extra-rdn",
  /** The same value under another attribute type. */
  "attribute-type",
  /** Other text. */
  "text",
  /** The same text in another ASN.1 string type. */
  "string-type",
  /** The same by RFC 5280 7.1 but not in case, whitespace or composition of characters. */
  "case-or-space",
  /** Attributes in another order inside an RDN. */
  "set-order",
  /** The same name in other bytes: BER that is not DER. */
  "encoding",
] as const;

/** See `differenceKinds`. */
export type DifferenceKind = (typeof differenceKinds)[number];

/**
 * The middle column of a row, about its left RDN: `=` the same bytes in the same place; `#3` its bytes are at
 * position 3 (from 1) of the right name; `repeated` it appears once more often than there; `none` the right
 * name has nothing like it; else how it differs from the RDN at `foundAt`. In a row without a left RDN it is about the
 * right one: `missing`, or `moved` where the left name has it in another row, or how it changed.
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
 * One row of the comparison. Names of as many RDNs are laid side by side, position by position; else what belongs
 * together is put into one row. Every RDN of either name is in exactly one row, in encoded order.
 */
export interface NameRow {
  /** Number of the row, from 0. */
  readonly index: number;
  readonly left?: Rdn;
  readonly right?: Rdn;
  /** Positions from 0 of the two RDNs in their names; undefined if the row has none. */
  readonly leftIndex?: number;
  readonly rightIndex?: number;
  readonly mark: RowMark;
  /** Position from 0 of the RDN of the right name that corresponds to the left one, wherever it is. */
  readonly foundAt?: number;
}

/** How two names differ. */
export interface NameDifference {
  /** The first of `kinds`. */
  readonly kind: DifferenceKind;
  /** Everything in which they differ, in the order of `differenceKinds`; never empty. */
  readonly kinds: readonly DifferenceKind[];
  /** Whether RFC 5280 7.1 still holds them to be the same name. */
  readonly equivalent: boolean;
  /** One line that completes "the CRL issuer is not byte-for-byte the CA's subject: ". Escaped. */
  readonly summary: string;
  /** Index of the first byte in which the two Name TLVs differ, from 0. */
  readonly firstDifference: number;
  readonly rows: readonly NameRow[];
}

/** Where a difference shows: positions from 0 in the left and right name; undefined if it has no place in one. */
export interface Place {
  readonly left?: number;
  readonly right?: number;
}

/** Places at which differences of each kind were met: all counted, the first few kept. */
export class Evidence {
  readonly #found = new Map<DifferenceKind, { count: number; first: Place[] }>();

  /** Records a difference. */
  add(kind: DifferenceKind, place: Place = {}): void {
    let found = this.#found.get(kind);
    if (found === undefined) this.#found.set(kind, (found = { count: 0, first: [] }));
    found.count += 1;
    if (found.first.length < 3) found.first.push(place);
  }

  /** The places of one kind. */
  of(kind: DifferenceKind): { readonly count: number; readonly first: readonly Place[] } {
    return this.#found.get(kind) ?? { count: 0, first: [] };
  }

  /** The kinds that were met, in the order of `differenceKinds`. */
  get kinds(): readonly DifferenceKind[] {
    return differenceKinds.filter((kind) => this.#found.has(kind));
  }
}
