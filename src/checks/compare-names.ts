import { bytesOf, hex, type Span } from "../der/span.ts";
import type { NameDifference } from "../name/difference.ts";
import { formatValue, stringTypeName } from "../name/format.ts";
import type { Attribute, Rdn } from "../name/parse.ts";
import type { ComparedAttribute, ComparedRdn, ComparedRow, HexExcerpt, NameComparison } from "../rule/report.ts";

/** One side of a comparison: the bytes of its artefact, the place of its Name, and the path of the field. */
export interface ComparedSide {
  readonly bytes: Uint8Array;
  readonly name: Span;
  /** ASN.1 path: `tbsCertList.issuer`. */
  readonly path: string;
}

/** Maximum number of rows of a comparison in a report; a CA's name has about ten RDNs. */
const maximumRows = 100;

/** Maximum number of bytes of an RDN in a report. */
const maximumBytes = 256;

/** Number of bytes shown on each side around the first difference, and the maximum number of them before it. */
const excerpt = { bytes: 16, before: 8 } as const;

/** Returns a difference of two names for a report. Its text is escaped. */
export function describeDifference(difference: NameDifference, crl: ComparedSide, ca: ComparedSide): NameComparison {
  const rows = difference.rows.slice(0, maximumRows);
  return {
    difference: difference.kind,
    differences: difference.kinds,
    summary: difference.summary,
    firstDifferingByte: difference.firstDifference,
    rdns: rows.map((row): ComparedRow => ({
      mark: row.mark,
      ...(row.foundAt === undefined ? {} : { foundAt: row.foundAt }),
      ...(row.left === undefined ? {} : { crl: describeRdn(row.left, row.leftIndex ?? 0, crl.bytes) }),
      ...(row.right === undefined ? {} : { ca: describeRdn(row.right, row.rightIndex ?? 0, ca.bytes) }),
    })),
    omitted: difference.rows.length - rows.length,
    excerpt: excerptOf(difference.firstDifference, crl, ca),
  };
}

function describeRdn(rdn: Rdn, index: number, bytes: Uint8Array): ComparedRdn {
  return {
    index,
    offset: rdn.start,
    length: rdn.end - rdn.start,
    hex: hex(bytesOf(bytes, rdn).subarray(0, maximumBytes)),
    attributes: rdn.attributes.slice(0, maximumRows).map((attribute) => describeAttribute(attribute, bytes)),
  };
}

function describeAttribute(attribute: Attribute, bytes: Uint8Array): ComparedAttribute {
  return {
    type: attribute.type,
    oid: attribute.oid ?? "",
    string: stringTypeName(attribute.valueTag),
    text: formatValue(attribute, bytes),
    ...(attribute.text === undefined ? { undecoded: true } : {}),
    offset: attribute.valueStart,
  };
}

/**
 * Returns the bytes around the first difference, from the same offset in both Names, so they can be shown one below the
 * other.
 */
function excerptOf(differsAt: number, crl: ComparedSide, ca: ComparedSide): NameComparison["excerpt"] {
  const from = Math.max(0, differsAt - excerpt.before);
  return { crl: cut(from, crl), ca: cut(from, ca), differsAt: differsAt - from };
}

function cut(from: number, { bytes, name, path }: ComparedSide): HexExcerpt {
  const shown = bytesOf(bytes, name).subarray(from, from + excerpt.bytes);
  return { path, offset: name.start + from, hex: hex(shown) };
}
