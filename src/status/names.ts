import { Cursor, type Source } from "../der/cursor.ts";
import { bytesOf, sameBytes, type Span, type Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import type { GeneralName } from "../extension/general-name.ts";
import type { DistributionPointName } from "../extension/issuing-distribution-point.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import { type Name, readName, readRelativeName } from "../name/parse.ts";
import { matchNames, type PlacedRdn } from "../name/same-name.ts";
import { normalizeUri } from "./uri.ts";

/** A name and the source with its bytes. */
export interface PlacedName {
  readonly source: Source;
  readonly name: Name;
}

/** A name of a distribution point: a distinguished name, a URI, or the bytes of a name of another kind. */
export type PointName =
  | { readonly rdns: readonly PlacedRdn[] }
  | { readonly uri: string }
  | { readonly bytes: Uint8Array };

/** Returns the RDNs of a name, each with its bytes. */
export function rdnsOf({ source, name }: PlacedName): readonly PlacedRdn[] {
  return name.rdns.map((rdn) => ({ rdn, bytes: source.bytes }));
}

/**
 * Whether two names are the same by RFC 5280 7.1. A name that cannot be read to its end equals only a name with the
 * same bytes.
 */
export function areSame(a: PlacedName, b: PlacedName): boolean {
  if (haveSameBytes(a, b)) return true;
  return !a.name.broken && !b.name.broken && matchNames(rdnsOf(a), rdnsOf(b)) !== undefined;
}

/** Whether two names have the same bytes. */
export function haveSameBytes(a: PlacedName, b: PlacedName): boolean {
  return sameBytes(bytesOf(a.source.bytes, a.name), bytesOf(b.source.bytes, b.name));
}

/** Returns the Name in a directoryName; undefined if the GeneralName is of another kind or cannot be read. */
export function directoryNameIn(source: Source, name: GeneralName): PlacedName | undefined {
  if (name.kind !== "directoryName") return undefined;
  const silent = withoutErrorReports(source);
  const sequence = Cursor.inside(silent, name, name.path).take(Tag.sequence, "");
  return sequence && { source, name: readName(silent, sequence, name.path) };
}

/** Returns general names as names of a distribution point. */
export function pointNames(source: Source, names: readonly GeneralName[]): readonly PointName[] {
  return names.map((name) => {
    const directory = directoryNameIn(source, name);
    if (directory !== undefined) return { rdns: rdnsOf(directory) };
    const { kind, text } = name;
    if (kind === "uniformResourceIdentifier" && text !== undefined) return { uri: text };
    return { bytes: bytesOf(source.bytes, name) };
  });
}

/**
 * Returns the names of a DistributionPointName.
 *
 * @param issuers the names to which nameRelativeToCRLIssuer is relative (RFC 5280 4.2.1.13): those of the CRL issuer
 */
export function namesOfPoint(
  source: Source,
  point: DistributionPointName,
  issuers: readonly PlacedName[],
): readonly PointName[] {
  if (point.fullName !== undefined) return pointNames(source, point.fullName);
  const relative = point.nameRelativeToCrlIssuer;
  if (relative === undefined) return [];
  const last = { rdn: readRelative(source, relative), bytes: source.bytes };
  return issuers.map((issuer) => ({ rdns: [...rdnsOf(issuer), last] }));
}

/**
 * Finds a name that two distribution points have in common: `normalized` if it is a URI that matches only after the
 * changes of RFC 5280 7.4; undefined if there is none.
 */
export function findCommonPoint(
  a: readonly PointName[],
  b: readonly PointName[],
): "identical" | "normalized" | undefined {
  const uris = (names: readonly PointName[]) => names.flatMap((name) => ("uri" in name ? [name.uri] : []));
  const [mine, others] = [uris(a), new Set(uris(b))];
  if (mine.some((uri) => others.has(uri))) return "identical";
  if (a.some((one) => b.some((other) => isSamePoint(one, other)))) return "identical";
  const normalized = new Set([...others].map(normalizeUri));
  return mine.some((uri) => normalized.has(normalizeUri(uri))) ? "normalized" : undefined;
}

/** Whether two names that are not URIs are the same. */
function isSamePoint(a: PointName, b: PointName): boolean {
  if ("rdns" in a && "rdns" in b) return matchNames(a.rdns, b.rdns) !== undefined;
  return "bytes" in a && "bytes" in b && sameBytes(a.bytes, b.bytes);
}

/** Reads an RDN whose SET has an IMPLICIT tag. Its span is that of the attributes, which are compared one by one. */
function readRelative(source: Source, tlv: Tlv) {
  const span: Span = { start: tlv.content, end: tlv.contentEnd };
  return { ...readRelativeName(withoutErrorReports(source), tlv, "", "structure/extension"), ...span };
}
