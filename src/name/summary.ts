import { type DifferenceKind, differenceKinds, type Evidence, type Place } from "./difference.ts";
import { formatTypes } from "./format.ts";
import type { Name } from "./parse.ts";

/** Kinds with which every RDN of each name has an equal one in the other by RFC 5280 7.1. */
const sameContent: ReadonlySet<DifferenceKind> = new Set([
  "reversed",
  "reordered",
  "string-type",
  "case-or-space",
  "set-order",
  "encoding",
]);

/**
 * Returns one line about the difference between two names, with RDNs counted from 1:
 * `same RDNs, reversed order; other ASN.1 string types`. It contains only attribute types of the names.
 *
 * @param left the issuer of the CRL
 * @param right the subject of the CA certificate
 */
export function summarize(kinds: readonly DifferenceKind[], evidence: Evidence, left: Name, right: Name): string {
  const isSame = kinds.every((kind) => sameContent.has(kind));
  return differenceKinds
    .filter((kind) => kinds.includes(kind))
    .map((kind, i) => describe(kind, evidence, left, right, i === 0 && isSame))
    .join("; ");
}

function describe(kind: DifferenceKind, evidence: Evidence, left: Name, right: Name, isSame: boolean): string {
  const inLeft = listRdns(evidence, kind, left, "left");
  const inRight = listRdns(evidence, kind, right, "right");
  const plural = evidence.of(kind).count > 1;
  const phrases: Readonly<Record<DifferenceKind, string>> = {
    "parent-name": "it is the name of the CA certificate's own issuer, one level up",
    different: "no RDN in common, another CA's name",
    merged: `RDNs of the subject are merged into multi-valued ${inLeft}`,
    split: `multi-valued ${inRight} of the subject ${plural ? "are" : "is"} split`,
    reversed: isSame ? "same RDNs, reversed order" : "reversed order",
    reordered: isSame ? "same RDNs, another order" : "another order",
    "missing-rdn":
      left.rdns.length === 0 ? "the issuer is empty" : `${inRight} of the subject ${plural ? "are" : "is"} missing`,
    "repeated-rdn": `${inLeft} ${plural ? "repeat RDNs" : "repeats an RDN"} of the subject`,
    "extra-rdn": `${inLeft} ${plural ? "are" : "is"} not in the subject`,
    "attribute-type": `${inLeft} ${plural ? "have" : "has"} the same value but another attribute type`,
    text: `${inLeft} ${plural ? "hold" : "holds"} other text`,
    "string-type": isSame ? "same text, different ASN.1 string types" : "different ASN.1 string types",
    "case-or-space": isSame ? "same text except for case or whitespace" : "different case or whitespace",
    "set-order": `${isSame ? "same attributes, " : ""}another order inside ${inLeft}`,
    encoding: describeEncoding(left, right, isSame),
  };
  return phrases[kind];
}

function describeEncoding(left: Name, right: Name, isSame: boolean): string {
  if (left.broken || right.broken)
    return `the ${left.broken ? "issuer" : "subject"} cannot be read as a Name to its end`;
  return isSame ? "same name, encoded in other bytes" : "other bytes";
}

/** Lists RDNs: `RDN 2 (OU)`, `RDNs 2 (OU) and 4 (L)`, `12 RDNs (the first is 2, OU)`. */
function listRdns(evidence: Evidence, kind: DifferenceKind, name: Name, side: keyof Place): string {
  const { count, first } = evidence.of(kind);
  const all = first.flatMap((place) => {
    const index = place[side] ?? -1;
    const rdn = name.rdns[index];
    return rdn === undefined ? [] : [{ position: index + 1, types: formatTypes(rdn) }];
  });
  const [head] = all;
  if (head === undefined) return "an RDN";
  if (count > first.length) return `${count} RDNs (the first is ${head.position}, ${head.types})`;
  const shown = all.map((each) => `${each.position} (${each.types})`);
  const last = shown.pop();
  return shown.length === 0 ? `RDN ${last}` : `RDNs ${shown.join(", ")} and ${last}`;
}
