import { bytesOf, firstDifference, sameBytes } from "../der/span.ts";
import { pairPermutation } from "./align.ts";
import { type DifferenceKind, Evidence, type NameDifference, type RowMark } from "./difference.ts";
import { Interner, type Level, levels, NameKeys } from "./keys.ts";
import { pairRelated } from "./pair.ts";
import type { Name } from "./parse.ts";
import { regroup } from "./regroup.ts";
import { alignRows, type Comparison, relate } from "./rows.ts";
import { summarize } from "./summary.ts";

/** A Name, and the bytes of its artefact. */
export interface NameSource {
  readonly bytes: Uint8Array;
  readonly name: Name;
}

/** Differences that RFC 5280 7.1 ignores. */
const insignificant: ReadonlySet<DifferenceKind> = new Set(["string-type", "case-or-space", "set-order", "encoding"]);

/**
 * Compares two Names byte by byte and classifies their differences: TLS Baseline Requirements 7.2 (the CRL's issuer is
 * byte for byte the subject of the Issuing CA), RFC 5280 4.1.2.6 (encoded in the same way).
 *
 * @param a the issuer of the CRL, the left side
 * @param b the subject of the CA certificate, the right side
 * @param more.parent bytes of the issuer Name of the CA certificate, to recognize a CRL that has this name
 * @returns undefined if the bytes of both Name TLVs are the same
 */
export function diffNames(
  a: NameSource,
  b: NameSource,
  more: { readonly parent?: Uint8Array } = {},
): NameDifference | undefined {
  const bytesA = bytesOf(a.bytes, a.name);
  const bytesB = bytesOf(b.bytes, b.name);
  if (sameBytes(bytesA, bytesB)) return undefined;
  const shared = new Interner();
  const left = new NameKeys(a.bytes, a.name, shared);
  const right = new NameKeys(b.bytes, b.name, shared);
  const evidence = new Evidence();
  const comparison =
    comparePermuted(left, right, evidence) ??
    compareRegrouped(left, right, evidence) ??
    compareRelated(left, right, evidence);
  const broken = a.name.broken || b.name.broken;
  // Everything that could be read is the same: the length octets differ, or the bytes after an invalid frame.
  if (evidence.kinds.length === 0) evidence.add("encoding");
  const equivalent = !broken && evidence.kinds.every((kind) => insignificant.has(kind));
  // The name of the parent of a self-issued CA (issuer and subject the same by 7.1) cannot be confused with its own.
  const isParent = !equivalent && more.parent !== undefined && sameBytes(bytesA, more.parent);
  const kinds: readonly DifferenceKind[] = isParent ? ["parent-name"] : evidence.kinds;
  return {
    kind: kinds[0] ?? "encoding",
    kinds,
    equivalent,
    summary: summarize(kinds, evidence, a.name, b.name),
    firstDifference: firstDifference(bytesA, bytesB),
    rows: alignRows(left, right, comparison),
  };
}

/** Compares names that have the same RDNs in any order, at the strictest level at which they are equal. */
function comparePermuted(left: NameKeys, right: NameKeys, evidence: Evidence): Comparison | undefined {
  for (const level of levels) {
    const found = pairPermutation(left.rdns(level), right.rdns(level));
    if (found === undefined) continue;
    const [order, partners] = found;
    if (order !== "same") evidence.add(order);
    partners.forEach((to, from) => record(left, right, from, to, evidence));
    return { partners, marks: new Map(), rightMarks: new Map() };
  }
  return undefined;
}

/** Compares names that have the same attributes, grouped into RDNs in different ways. */
function compareRegrouped(left: NameKeys, right: NameKeys, evidence: Evidence): Comparison | undefined {
  let level: Level = "der";
  let found = regroup(left, right, level);
  if (found === undefined) found = regroup(left, right, (level = "text"));
  if (found === undefined) found = regroup(left, right, (level = "fold"));
  if (found === undefined) return undefined;
  const partners: number[] = [];
  const marks = new Map<number, RowMark>();
  const rightMarks = new Map<number, RowMark>();
  const uses = new Map<number, number>();
  for (const set of found.owners) for (const to of set) uses.set(to, (uses.get(to) ?? 0) + 1);
  found.owners.forEach((set, from) => {
    const [first = -1] = set;
    partners.push(first);
    const kind = set.size > 1 ? "merged" : (uses.get(first) ?? 0) > 1 ? "split" : undefined;
    if (kind === undefined) return record(left, right, from, first, evidence);
    marks.set(from, kind);
    if (kind === "merged") evidence.add("merged", { left: from, right: first });
    for (const to of set) {
      if ((uses.get(to) ?? 0) > 1 && !rightMarks.has(to)) evidence.add("split", { left: from, right: to });
      rightMarks.set(to, kind);
    }
  });
  if (found.order !== "same") evidence.add(found.order);
  if (level === "fold") evidence.add("case-or-space");
  const tags = [left, right].map((keys) =>
    keys
      .attributes("typed")
      .flat()
      .toSorted((x, y) => x - y)
      .join(),
  );
  if (tags[0] !== tags[1]) evidence.add("string-type");
  return { partners, marks, rightMarks };
}

/** Compares names that have some RDNs in common, or none. */
function compareRelated(left: NameKeys, right: NameKeys, evidence: Evidence): Comparison {
  const related = pairRelated(left, right);
  const { partners, joined } = related;
  const marks = new Map<number, RowMark>();
  const comparison = { partners, joined, marks, rightMarks: new Map<number, RowMark>() };
  if (!related.common) {
    evidence.add("different");
    return comparison;
  }
  if (related.order !== "same") evidence.add(related.order);
  const known = new Map(right.rdns("fold").map((key, i) => [key, i]));
  const found = new Set(partners);
  partners.forEach((to, from) => {
    const twin = known.get(left.rdns("fold")[from] ?? -1);
    if (to !== -1) record(left, right, from, to, evidence);
    else if (twin === undefined) evidence.add("extra-rdn", { left: from });
    else {
      evidence.add("repeated-rdn", { left: from, right: twin });
      marks.set(from, "repeated");
    }
  });
  right.name.rdns.forEach((_, to) => {
    if (!found.has(to)) evidence.add("missing-rdn", { right: to });
  });
  return comparison;
}

function record(left: NameKeys, right: NameKeys, from: number, to: number, evidence: Evidence): void {
  for (const kind of relate(left, right, from, to).kinds) evidence.add(kind, { left: from, right: to });
}
