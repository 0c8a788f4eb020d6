import type { Partners } from "./align.ts";
import type { DifferenceKind, NameRow, RowMark } from "./difference.ts";
import type { Level, NameKeys } from "./keys.ts";

/** The comparison of two names, before its layout. */
export interface Comparison {
  /** Position of the right RDN that corresponds to each left one, or -1. */
  readonly partners: Partners;
  /** Position of the right RDN that shares a row with each left one if the names differ in length, ascending; or -1. */
  readonly joined?: Partners | undefined;
  /** Marks of left RDNs that are more specific than the relation to their partner. */
  readonly marks: ReadonlyMap<number, RowMark>;
  /** Marks of right RDNs in rows without a left one. */
  readonly rightMarks: ReadonlyMap<number, RowMark>;
}

/** Relation between two RDNs: the mark of the strictest level at which they are equal, and all kinds of difference. */
export interface Relation {
  readonly mark: RowMark;
  readonly kinds: readonly DifferenceKind[];
}

/** Compares the RDN at `from` of the left name with the one at `to` of the right name. */
export function relate(left: NameKeys, right: NameKeys, from: number, to: number): Relation {
  const equal = (level: Level): boolean => left.rdns(level)[from] === right.rdns(level)[to];
  if (equal("bytes")) return { mark: from === to ? "=" : `#${to + 1}`, kinds: [] };
  if (equal("der")) {
    const before = left.attributes("der")[from] ?? [];
    const after = right.attributes("der")[to] ?? [];
    return before.every((key, i) => key === after[i])
      ? { mark: "encoding", kinds: ["encoding"] }
      : { mark: "order", kinds: ["set-order"] };
  }
  if (equal("text")) return { mark: "type", kinds: ["string-type"] };
  if (equal("fold"))
    return { mark: "case", kinds: equal("typed") ? ["case-or-space"] : ["case-or-space", "string-type"] };
  return equal("values") ? { mark: "oid", kinds: ["attribute-type"] } : { mark: "text", kinds: ["text"] };
}

/**
 * Arranges two names in rows. Names of equal length, and names without `joined` pairs, are placed side by side.
 * Otherwise, joined pairs share a row and every other RDN has its own.
 */
export function alignRows(left: NameKeys, right: NameKeys, comparison: Comparison): NameRow[] {
  const matched = new Set(comparison.partners);
  const rows: NameRow[] = [];
  const add = (from: number, to: number): void => {
    const leftRdn = left.name.rdns[from];
    const rightRdn = right.name.rdns[to];
    const partner = comparison.partners[from] ?? -1;
    const mark =
      leftRdn === undefined
        ? (comparison.rightMarks.get(to) ?? (matched.has(to) ? "moved" : "missing"))
        : (comparison.marks.get(from) ?? (partner === -1 ? "none" : relate(left, right, from, partner).mark));
    rows.push({
      index: rows.length,
      ...(leftRdn && { left: leftRdn, leftIndex: from }),
      ...(rightRdn && { right: rightRdn, rightIndex: to }),
      mark,
      ...(partner !== -1 && { foundAt: partner }),
    });
  };
  const leftCount = left.name.rdns.length;
  const rightCount = right.name.rdns.length;
  if (leftCount === rightCount || comparison.joined === undefined) {
    for (let i = 0; i < Math.max(leftCount, rightCount); i += 1) add(i, i);
    return rows;
  }
  let next = 0;
  comparison.joined.forEach((to, from) => {
    if (to === -1) return add(from, -1);
    while (next < to) add(-1, next++);
    add(from, next++);
  });
  while (next < rightCount) add(-1, next++);
  return rows;
}
