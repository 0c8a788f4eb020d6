import type { IssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import { isCa, isNotCa } from "../cert/kind.ts";
import { serialOf } from "../cert/serial.ts";
import type { Stated } from "../given/given.ts";
import type { Facts, Requirement } from "../rule/rule.ts";

/** Completeness of a CRL: all revocations of its CA, or one partition. With the evidence. */
export interface Completeness {
  readonly kind: "full" | "partitioned" | "unknown";
  /** Whether the user stated it. Any other evidence proves only a warning. */
  readonly isStated: boolean;
  readonly evidence: string;
}

/**
 * Returns whether a CRL with an issuingDistributionPoint is full and complete or partitioned, as the TLS Baseline
 * Requirements (1.6.1, 7.2.2.1) define it. A CRL is full if its scope is every certificate that the CA issues. A flag
 * for one kind of certificate is not a constraint for a CA that issues only this kind.
 */
export function judgeCompleteness(
  idp: IssuingDistributionPoint,
  { stated, anyCa: ca, anyCertificates: certificates }: Pick<Facts, "stated" | "anyCa" | "anyCertificates">,
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
  const noEvidence = found("unknown", "it is unknown whether the CA issues certificates that the flag excludes");
  if (user && onlyCa) return noEvidence;
  const excludes = user ? isCa : isNotCa;
  // Certificates of versions 1 and 2 have no basicConstraints.
  const excluded = certificates?.issued.find(
    ({ certificate }) => certificate.version === 3 && !certificate.selfIssued && excludes(certificate),
  );
  if (excluded !== undefined) {
    return found("partitioned", `the CA issued a certificate that the flag excludes, serial ${serialOf(excluded)}`);
  }
  const given = ca?.isAnother === true ? undefined : ca;
  if (user && given?.certificate.basicConstraints?.pathLength === 0) {
    return found("full", "the CA has pathLenConstraint 0: it issues no CA certificates that the flag would exclude");
  }
  if (onlyCa && given?.sameKey.some(({ certificate }) => certificate.selfIssued) === true) {
    return found("full", "the CA is a root, and roots issue no subscriber certificates that the flag would exclude");
  }
  return noEvidence;
}

/**
 * Returns evidence that the CRL is one of the partitioned CRLs of its CA in CCADB Policy 6.2; undefined if there is
 * none.
 */
export function partitionEvidence({ completeness, completenessBy, disclosedAs }: Stated): string | undefined {
  if (completeness === "partitioned") return `stated by ${completenessBy ?? "--partitioned"}`;
  return completeness === undefined && disclosedAs === "partitioned" ? recordEvidence : undefined;
}

/**
 * Whether a CRL is full and complete: stated so, or disclosed so in the CCADB. Requirements on partitioned CRLs do not
 * apply to it.
 */
export function isKnownFull({ completeness, disclosedAs }: Stated): boolean {
  return (completeness ?? disclosedAs) === "full";
}

/**
 * Note on a severity that is capped because the CRL has a distributionPoint, but nothing shows whether it is
 * partitioned.
 */
export const partitionNotStated =
  "severity capped: a full CRL may have a distributionPoint; --full or --partitioned states which it is";

/** Name, in reports, of the evidence from the CCADB. */
export const recordEvidence = "disclosed so in the CCADB record of the CA";

/** The sentence on partitioned CRLs; CCADB Policy 2.0 has the same words. */
export const ccadbPartition = {
  source: "ccadb",
  section: "6.2",
  severity: "error",
  from: "2025-07-15",
  quote:
    "CA Owners MUST ensure that each corresponding CRL contains a critical `IssuingDistributionPoint` extension and the `distributionPoint` field of the extension MUST include a `UniformResourceIdentifier`",
} as const satisfies Requirement;

/** The requirement on partitioned CRLs of TLS and of S/MIME CAs; read in MRSP 2.9 (2023-09-01) and 3.1. */
export const mozillaPartition = {
  source: "mozilla",
  section: "5.2",
  severity: "error",
  from: "2023-09-01",
  quote: "partial/scoped CRLs that lack a distributionPoint in a critical issuingDistributionPoint extension",
} as const satisfies Requirement;
