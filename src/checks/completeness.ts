import type { IssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import type { GivenCa, Stated } from "../given/given.ts";

/** Whether a CRL lists all revocations of its CA, or is one partition, and by which evidence. */
export interface Completeness {
  readonly kind: "full" | "partitioned" | "unknown";
  /** Whether the user stated it; all other evidence proves only a warning. */
  readonly isStated: boolean;
  readonly evidence: string;
}

/**
 * Returns whether a CRL with an issuingDistributionPoint is full and complete or partitioned, as the TLS Baseline
 * Requirements (1.6.1, 7.2.2.1) define it: a CRL is full if its scope is every certificate that the CA issues. A
 * flag for one kind of certificate is not a constraint for a CA that issues only this kind.
 */
export function judgeCompleteness(
  idp: IssuingDistributionPoint,
  stated: Stated,
  ca: GivenCa | undefined,
): Completeness {
  if (stated.completeness !== undefined) {
    const by = stated.completenessBy ?? `--${stated.completeness}`;
    return { kind: stated.completeness, isStated: true, evidence: `stated by ${by}` };
  }
  const found = (kind: Completeness["kind"], evidence: string): Completeness => ({ kind, isStated: false, evidence });
  if (idp.distributionPoint !== undefined) {
    return found("partitioned", "issuingDistributionPoint has a distributionPoint");
  }
  if (idp.onlySomeReasons !== undefined) return found("unknown", "issuingDistributionPoint has onlySomeReasons");
  const user = idp.onlyContainsUserCerts?.value === true;
  const onlyCa = idp.onlyContainsCaCerts?.value === true;
  if (!user && !onlyCa) return found("full", "issuingDistributionPoint excludes no certificate");
  const given = ca?.isAnother === true ? undefined : ca;
  if (user && !onlyCa && given?.certificate.basicConstraints?.pathLength === 0) {
    return found("full", "the CA has pathLenConstraint 0: it issues no CA certificates that the flag would exclude");
  }
  if (onlyCa && !user && given?.sameKey.some(({ certificate }) => certificate.selfIssued) === true) {
    return found("full", "the CA is a root, and roots issue no subscriber certificates that the flag would exclude");
  }
  return found("unknown", "it is unknown whether the CA issues certificates that the flag excludes");
}
