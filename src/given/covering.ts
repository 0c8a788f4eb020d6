import type { Certificate } from "../cert/certificate.ts";
import type { Crl } from "../crl/crl.ts";
import { reasonFlags, reasonLabel } from "../crl/reason.ts";
import type { Span } from "../der/span.ts";
import type { DistributionPoint } from "../extension/distribution-point.ts";

/** A field of an issuingDistributionPoint that excludes a certificate from the scope of a CRL. */
export interface Exclusion {
  /** The step of RFC 5280 6.3.3 (b)(2). */
  readonly step: "ii" | "iii" | "iv";
  /** The reason, after the CRL: `has onlyContainsUserCerts, and the certificate is a CA's`. */
  readonly why: string;
  readonly at: Span;
}

/** Finds the flag of a CRL that excludes a certificate (RFC 5280 6.3.3 (b)(2)(ii) to (iv)). */
export function findExclusion(
  { issuingDistributionPoint: idp }: Crl,
  { basicConstraints }: Certificate,
): Exclusion | undefined {
  const isCa = basicConstraints?.ca === true;
  if (idp?.onlyContainsUserCerts?.value === true && isCa) {
    const why = "has onlyContainsUserCerts, and the certificate is a CA's";
    return { step: "ii", why, at: idp.onlyContainsUserCerts };
  }
  if (idp?.onlyContainsCaCerts?.value === true && !isCa) {
    const why = "has onlyContainsCACerts, and the certificate is not a CA's";
    return { step: "iii", why, at: idp.onlyContainsCaCerts };
  }
  if (idp?.onlyContainsAttributeCerts?.value === true) {
    return { step: "iv", why: "has onlyContainsAttributeCerts", at: idp.onlyContainsAttributeCerts };
  }
  return undefined;
}

/** The reasons that have a bit in ReasonFlags (RFC 5280 4.2.1.13), by that bit. Bit 0 is not used. */
const reasonsByFlag: ReadonlyMap<number, number> = new Map(
  [...reasonFlags].filter(([, bit]) => bit <= 8).map(([reason, bit]) => [bit, reason]),
);
const allReasons: ReadonlySet<number> = new Set(reasonsByFlag.keys());

/**
 * Returns the reasons that a CRL covers for a distribution point: the interim reasons mask of RFC 5280 6.3.3 (d), by
 * the bits of ReasonFlags.
 *
 * @param point undefined for the distribution point that 6.3.3 assumes after all others
 */
export function reasonsOf(crl: Crl, point: DistributionPoint | undefined): ReadonlySet<number> {
  const ofCrl = crl.issuingDistributionPoint?.onlySomeReasons?.reasons ?? allReasons;
  const named = point?.reasons;
  // Reasons that cannot be read are not covered.
  const ofPoint = named === undefined ? allReasons : (named.reasons ?? new Set());
  return new Set([...allReasons].filter((bit) => ofCrl.has(bit) && ofPoint.has(bit)));
}

/** Returns the reasons that are not among those covered, as text. A certificate is good only if there are none. */
export function labelMissing(covered: ReadonlySet<number>): readonly string[] {
  return [...reasonsByFlag].flatMap(([bit, reason]) => (covered.has(bit) ? [] : [reasonLabel(reason)]));
}
