import type { Certificate } from "../cert/certificate.ts";
import type { FaultyCertificate } from "./certificate-findings.ts";
import { leadsOf } from "../given/points.ts";
import type { BaseContext, Context } from "../rule/rule.ts";

/**
 * Certificates that a CRL covers for certain, by a condition: those that it lists, and those whose distribution points
 * lead to it. Of others it is not known whether they are in its scope.
 */
export function findCovered(
  { crl, certificates }: Context<"certificates">,
  holds: (certificate: Certificate) => boolean,
): readonly FaultyCertificate[] {
  return certificates.covered.filter(
    ({ certificate, entry }) => holds(certificate) && (entry >= 0 || leadsOf(crl, certificate) === "here"),
  );
}

/**
 * Whether faults of the certificates alone are told in the run of this CRL: of a set of shards, which all have the same
 * certificates, in that of the first.
 */
export function tellsOfCertificates({ anyShards }: BaseContext): boolean {
  return anyShards === undefined || anyShards.index === Math.max(anyShards.set.reference, 0);
}
