import { readNamedBits } from "../der/bit-string.ts";
import { Cursor, type Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { context, Tag, tagName } from "../der/tag.ts";
import { type Extension, readExtensionValue } from "./extension.ts";
import { type GeneralName, readFilledNames } from "./general-name.ts";
import { type DistributionPointName, readDistributionPointName } from "./issuing-distribution-point.ts";

/** DistributionPoint (RFC 5280 4.2.1.13), with the positions of its fields. */
export interface DistributionPoint extends Tlv {
  /** ASN.1 path of this distribution point. */
  readonly path: string;
  readonly distributionPoint: DistributionPointName | undefined;
  readonly reasons: (Tlv & { readonly reasons: ReadonlySet<number> | undefined }) | undefined;
  /** cRLIssuer, and the names in it. */
  readonly crlIssuer: (Tlv & { readonly names: readonly GeneralName[] }) | undefined;
}

/** CRLDistributionPoints: the value of freshestCRL and cRLDistributionPoints. */
export interface DistributionPoints extends Tlv {
  readonly list: readonly DistributionPoint[];
}

/**
 * Reads a freshestCRL (RFC 5280 5.2.6) or cRLDistributionPoints (4.2.1.13), which have the same type.
 *
 * @returns undefined if the value is not a SEQUENCE, or if a malformed length hides part of it
 */
export function readDistributionPoints(source: Source, extension: Extension): DistributionPoints | undefined {
  const tlv = readExtensionValue(source, extension, Tag.sequence, "CRLDistributionPoints");
  if (tlv === undefined) return undefined;
  const cursor = Cursor.inside(source, tlv, extension.path);
  const list: DistributionPoint[] = [];
  let isHidden = false;
  for (let index = 0; !cursor.atEnd; index += 1) {
    const name = `[${index}]`;
    const path = cursor.child(name);
    if (index >= source.limits.names) {
      const rest = { start: cursor.position, end: cursor.end };
      source.faults.add("input/over-limit", rest, path, `more than ${source.limits.names} distribution points`);
      break;
    }
    const point = cursor.take(Tag.sequence, name);
    if (point !== undefined) {
      const read = readDistributionPoint(source, point, path);
      if (read === undefined) isHidden = true;
      else list.push(read);
      continue;
    }
    const other = cursor.read(name);
    if (other === undefined) break;
    const message = `found ${tagName(other.tag)}; a DistributionPoint must be a SEQUENCE`;
    source.faults.add("structure/extension", other, path, message);
  }
  return isHidden || cursor.broken ? undefined : { list, ...tlv };
}

/** Reads a distribution point; returns undefined if a malformed length hides fields. */
function readDistributionPoint(source: Source, tlv: Tlv, path: string): DistributionPoint | undefined {
  const cursor = Cursor.inside(source, tlv, path);
  // [0] is EXPLICIT, because DistributionPointName is a CHOICE (X.680 31.2.7).
  const point = cursor.take(context(0, true), "distributionPoint");
  const reasons = cursor.take(context(1, false), "reasons");
  const crlIssuer = cursor.take(context(2, true), "cRLIssuer");
  const read: DistributionPoint = {
    path,
    distributionPoint: point && readDistributionPointName(source, point, `${path}.distributionPoint`),
    reasons: reasons && { reasons: readNamedBits(source, reasons, `${path}.reasons`), ...reasons },
    crlIssuer: crlIssuer && {
      names: readFilledNames(source, crlIssuer, `${path}.cRLIssuer`, "cRLIssuer"),
      ...crlIssuer,
    },
    ...tlv,
  };
  cursor.expectEnd();
  return cursor.broken ? undefined : read;
}
