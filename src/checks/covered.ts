import type { Certificate } from "../cert/certificate.ts";
import type { FaultyCertificate } from "./certificate-findings.ts";
import { leadsOf } from "../given/points.ts";
import type { BaseContext, Context } from "../rule/rule.ts";

/**
 * Certificates that a CRL certainly covers, by a condition: those that it lists, and those whose distribution points
 * lead to it. For others it is unknown whether they are in its scope.
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
 * Whether the run of this CRL reports defects of the certificates alone: in a set of shards, which all have the same
 * certificates, the run of the first does.
 */
export function tellsOfCertificates({ anyShards }: BaseContext): boolean {
  return anyShards === undefined || anyShards.index === Math.max(anyShards.set.reference, 0);
}
