import { type DifferenceKind, differenceKinds, type Evidence, type Place } from "./difference.ts";
import { formatTypes } from "./format.ts";
import type { Name } from "./parse.ts";

/** Kinds that leave every RDN of both names recognisable by RFC 5280 7.1. */
const sameContent: ReadonlySet<DifferenceKind> = new Set([
  "reversed",
  "reordered",
  "string-type",
  "case-or-space",
  "set-order",
  "encoding",
]);

/**
 * One line that says in what two names differ, RDNs counted from 1: `same RDNs, reversed order; other ASN.1 string
 * types`. It holds nothing of the names but attribute types.
 *
 * @param left the issuer of the CRL
 * @param right the subject of the CA certificate
 */
export function summarise(kinds: readonly DifferenceKind[], evidence: Evidence, left: Name, right: Name): string {
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
  switch (kind) {
    case "parent-name":
      return "it is the name of the CA certificate's own issuer, one level up";
    case "different":
      return "no RDN in common, another CA's name";
    case "merged":
      return `RDNs of the subject are merged into multi-valued ${inLeft}`;
    case "split":
      return `multi-valued ${inRight} of the subject ${plural ? "are" : "is"} split`;
    case "reversed":
      return isSame ? "same RDNs, reversed order" : "reversed order";
    case "reordered":
      return isSame ? "same RDNs, another order" : "another order";
    case "missing-rdn":
      return left.rdns.length === 0
        ? "the issuer is empty"
        : `${inRight} of the subject ${plural ? "are" : "is"} missing`;
    case "repeated-rdn":
      return `${inLeft} ${plural ? "repeat RDNs" : "repeats an RDN"} of the subject`;
    case "extra-rdn":
      return `${inLeft} ${plural ? "are" : "is"} not in the subject`;
    case "attribute-type":
      return `${inLeft} ${plural ? "have" : "has"} the same value but another attribute type`;
    case "text":
      return `${inLeft} ${plural ? "hold" : "holds"} other text`;
    case "string-type":
      return isSame ? "same text, different ASN.1 string types" : "different ASN.1 string types";
    case "case-or-space":
      return isSame ? "same text but for case or white space" : "different case or white space";
    case "set-order":
      return `${isSame ? "same attributes, " : ""}another order inside ${inLeft}`;
    case "encoding":
      return describeEncoding(left, right, isSame);
  }
}

function describeEncoding(left: Name, right: Name, isSame: boolean): string {
  if (left.broken || right.broken)
    return `the ${left.broken ? "issuer" : "subject"} cannot be read as a Name to its end`;
  return isSame ? "same name, encoded in other octets" : "other octets";
}

/** `RDN 2 (OU)`, `RDNs 2 (OU) and 4 (L)`, `12 RDNs (the first is 2, OU)`. */
function listRdns(evidence: Evidence, kind: DifferenceKind, name: Name, side: keyof Place): string {
  const { count, first } = evidence.of(kind);
  const all = first.flatMap((place) => {
    const rdn = name.rdns[place[side]];
    return rdn === undefined ? [] : [{ position: place[side] + 1, types: formatTypes(rdn) }];
  });
  const distinct = all.filter((each, i) => all.findIndex((other) => other.position === each.position) === i);
  const [head] = distinct;
  if (head === undefined) return "an RDN";
  if (count > first.length) return `${count} RDNs (the first is ${head.position}, ${head.types})`;
  const shown = distinct.map((each) => `${each.position} (${each.types})`);
  const last = shown.pop();
  return shown.length === 0 ? `RDN ${last}` : `RDNs ${shown.join(", ")} and ${last}`;
}
