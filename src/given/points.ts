import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { bytesOf, sameBytes } from "../der/span.ts";
import { mapKey } from "../der/strings.ts";
import type { DistributionPoint } from "../extension/distribution-point.ts";
import type { GeneralName } from "../extension/general-name.ts";

/** The CRL that the distribution points of a certificate lead to: this one, another one, or unknown. */
export type PointMatch = "here" | "elsewhere" | "unknown";

/** Returns the names in a CRL's issuingDistributionPoint; undefined if it has none that can be compared. */
export function namesOfCrl(crl: Crl): readonly GeneralName[] | undefined {
  return crl.issuingDistributionPoint?.distributionPoint?.fullName;
}

/**
 * Returns the names of a DistributionPoint to search for in an issuingDistributionPoint. Without distributionPoint,
 * these are the names of cRLIssuer (RFC 5280 6.3.3 (b)(2)(i)). Undefined for a name relative to the CRL issuer.
 */
export function namesOfPoint({ distributionPoint, crlIssuer }: DistributionPoint): readonly GeneralName[] | undefined {
  return distributionPoint === undefined ? crlIssuer?.names : distributionPoint.fullName;
}

/** Returns the texts of names that have one. */
export function textsOf(names: readonly GeneralName[]): readonly string[] {
  return names.flatMap(({ text }) => text ?? []);
}

/** Whether two lists have a name in common, byte for byte (RFC 5280 5.2.5: "the identical encoding"). */
export function haveCommonName(
  a: Uint8Array,
  names: readonly GeneralName[],
  b: Uint8Array,
  others: readonly GeneralName[],
): boolean {
  return names.some((name) => others.some((other) => sameBytes(bytesOf(a, name), bytesOf(b, other))));
}

/**
 * Returns whether a DistributionPoint leads to a CRL by its names; `unknown` if one of the two has no names to compare.
 */
export function matchPoint(crl: Crl, { source }: Certificate, point: DistributionPoint): PointMatch {
  const names = namesOfCrl(crl);
  const wanted = namesOfPoint(point);
  if (names === undefined || wanted === undefined) return "unknown";
  return haveCommonName(source.bytes, wanted, crl.source.bytes, names) ? "here" : "elsewhere";
}

/**
 * Returns whether any DistributionPoint of a certificate leads to a CRL; `elsewhere` only if all lead to other CRLs.
 */
export function matchPoints(crl: Crl, certificate: Certificate): PointMatch {
  const points = certificate.crlDistributionPoints?.list ?? [];
  const answers = new Set(points.map((point) => matchPoint(crl, certificate, point)));
  if (answers.has("here")) return "here";
  return answers.size === 0 || answers.has("unknown") ? "unknown" : "elsewhere";
}

/** CRLs by the names of their distribution points, so a certificate need not be compared with each of them. */
export class CrlsByPoint<T extends { readonly crl: Crl }> {
  readonly #all: readonly T[];
  /** The CRLs without names to compare. */
  readonly #unnamed: readonly T[];
  readonly #byName = new Map<string, T[]>();

  constructor(all: readonly T[]) {
    this.#all = all;
    this.#unnamed = all.filter(({ crl }) => namesOfCrl(crl) === undefined);
    for (const each of all) {
      for (const name of namesOfCrl(each.crl) ?? []) {
        const key = mapKey(each.crl.source.bytes, name);
        const same = this.#byName.get(key);
        if (same === undefined) this.#byName.set(key, [each]);
        else same.push(each);
      }
    }
  }

  /** Returns the CRLs for which `matchPoints` does not return `elsewhere`. */
  leadingTo({ source, crlDistributionPoints }: Certificate): readonly T[] {
    const names = crlDistributionPoints?.list.map(namesOfPoint) ?? [];
    if (names.length === 0 || names.includes(undefined)) return this.#all;
    const named = names.flat().flatMap((name) => (name && this.#byName.get(mapKey(source.bytes, name))) ?? []);
    return [...new Set([...this.#unnamed, ...named])];
  }
}

/** Whether a name is a directoryName with the bytes of the CRL's issuer. */
function isIssuerOf(crl: Crl, bytes: Uint8Array, name: GeneralName): boolean {
  if (name.kind !== "directoryName" || crl.issuer === undefined) return false;
  return sameBytes(bytes.subarray(name.content, name.contentEnd), bytesOf(crl.source.bytes, crl.issuer));
}

/** Returns the DistributionPoints of a certificate whose cRLIssuer contains the issuer of a CRL, byte for byte. */
export function pointsOfIssuer(crl: Crl, { source, crlDistributionPoints }: Certificate): readonly DistributionPoint[] {
  const points = crlDistributionPoints?.list ?? [];
  return points.filter(
    ({ crlIssuer }) => crlIssuer?.names.some((name) => isIssuerOf(crl, source.bytes, name)) === true,
  );
}

/** Whether any cRLIssuer in a certificate contains the issuer of a CRL. */
export function namesCrlIssuer(crl: Crl, certificate: Certificate): boolean {
  return pointsOfIssuer(crl, certificate).length > 0;
}
