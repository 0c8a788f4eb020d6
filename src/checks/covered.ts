import type { Certificate } from "../cert/certificate.ts";
import type { FaultyCertificate } from "./certificate-findings.ts";
import { matchPoints } from "../given/points.ts";
import type { BaseContext, Context } from "../rule/rule.ts";

/**
 * Returns certificates that meet a condition and that a CRL certainly covers: those that it lists, and those whose
 * distribution points lead to it. Whether others are in its scope is unknown.
 */
export function findCovered(
  { crl, certificates }: Context<"certificates">,
  holds: (certificate: Certificate) => boolean,
): readonly FaultyCertificate[] {
  return certificates.covered.filter(
    ({ certificate, entry }) => holds(certificate) && (entry >= 0 || matchPoints(crl, certificate) === "here"),
  );
}

/**
 * Whether the run of this CRL reports defects of the certificates alone. All CRLs of a set of shards have the same
 * certificates, so only the run of the first one does, or the only run.
 */
export function reportsCertificateErrors({ anyShards }: BaseContext): boolean {
  if (anyShards === undefined || anyShards.isOnlyLinted === true) return true;
  return anyShards.index === Math.max(anyShards.set.reference, 0);
}
