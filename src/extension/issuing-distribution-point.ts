import { readNamedBits } from "../der/bit-string.ts";
import { readDefaultFalse } from "../der/boolean.ts";
import { Cursor, type Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";
import { type Extension, readExtensionValue } from "./extension.ts";
import { checkRelativeName, type GeneralName, readGeneralNames } from "./general-name.ts";

/** An encoded BOOLEAN DEFAULT FALSE: its position and value. */
interface Flag extends Tlv {
  readonly value: boolean | undefined;
}

/** DistributionPointName (RFC 5280 4.2.1.13): one of two alternatives. */
export interface DistributionPointName extends Tlv {
  /** The alternative that is used, with its tag; undefined if there is none. */
  readonly alternative: Tlv | undefined;
  /** The names of the alternative fullName `[0]`; undefined if it is not used. */
  readonly fullName: readonly GeneralName[] | undefined;
  /** The alternative nameRelativeToCRLIssuer `[1]`. */
  readonly nameRelativeToCrlIssuer: Tlv | undefined;
}

/** IssuingDistributionPoint (RFC 5280 5.2.5), with the positions of its fields. */
export interface IssuingDistributionPoint extends Tlv {
  /** ASN.1 path of the extension; fields are named below it. */
  readonly path: string;
  readonly distributionPoint: DistributionPointName | undefined;
  readonly onlyContainsUserCerts: Flag | undefined;
  readonly onlyContainsCaCerts: Flag | undefined;
  readonly onlySomeReasons: (Tlv & { readonly reasons: ReadonlySet<number> | undefined }) | undefined;
  readonly indirectCrl: Flag | undefined;
  readonly onlyContainsAttributeCerts: Flag | undefined;
}

/** Reads an issuingDistributionPoint; undefined if it cannot be read to its end. */
export function readIssuingDistributionPoint(
  source: Source,
  extension: Extension,
): IssuingDistributionPoint | undefined {
  const tlv = readExtensionValue(source, extension, Tag.sequence, "IssuingDistributionPoint");
  if (tlv === undefined) return undefined;
  const { path } = extension;
  const cursor = Cursor.inside(source, tlv, path);
  const flag = (number: number, name: string): Flag | undefined => {
    const found = cursor.take(context(number, false), name);
    return found && { value: readDefaultFalse(source, found, `${path}.${name}`, name), ...found };
  };
  // [0] is EXPLICIT, because DistributionPointName is a CHOICE (X.680 31.2.7).
  const point = cursor.take(context(0, true), "distributionPoint");
  const distributionPoint = point && readDistributionPointName(source, point, `${path}.distributionPoint`);
  const onlyContainsUserCerts = flag(1, "onlyContainsUserCerts");
  const onlyContainsCaCerts = flag(2, "onlyContainsCACerts");
  const some = cursor.take(context(3, false), "onlySomeReasons");
  const onlySomeReasons = some && { reasons: readNamedBits(source, some, `${path}.onlySomeReasons`), ...some };
  const indirectCrl = flag(4, "indirectCRL");
  const onlyContainsAttributeCerts = flag(5, "onlyContainsAttributeCerts");
  cursor.expectEnd();
  if (cursor.broken) return undefined;
  return {
    path,
    distributionPoint,
    onlyContainsUserCerts,
    onlyContainsCaCerts,
    onlySomeReasons,
    indirectCrl,
    onlyContainsAttributeCerts,
    ...tlv,
  };
}

const relativeTag = context(1, true);

/** Reads the DistributionPointName inside an EXPLICIT `[0]`. */
export function readDistributionPointName(source: Source, outer: Tlv, path: string): DistributionPointName {
  const cursor = Cursor.inside(source, outer, path);
  const full = cursor.take(context(0, true), "fullName");
  const relative = full === undefined ? cursor.take(relativeTag, "nameRelativeToCRLIssuer") : undefined;
  const alternative = full ?? relative;
  if (alternative === undefined && !cursor.broken) {
    const found = cursor.found(", not empty");
    cursor.missing(
      "structure/extension",
      `distributionPoint must be fullName [0] or nameRelativeToCRLIssuer [1]${found}`,
    );
    return { alternative, fullName: undefined, nameRelativeToCrlIssuer: undefined, ...outer };
  }
  cursor.expectEnd();
  const fullName = full && readGeneralNames(source, full, `${path}.fullName`);
  // A primitive one was reported, and has no attributes to read.
  if (relative?.tag === relativeTag) checkRelativeName(source, relative, `${path}.nameRelativeToCRLIssuer`);
  return { alternative, fullName, nameRelativeToCrlIssuer: relative, ...outer };
}
