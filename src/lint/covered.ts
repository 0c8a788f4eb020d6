import type { Certificate } from "../cert/certificate.ts";
import type { FaultyCertificate } from "./certificate-findings.ts";
import { leadsOf } from "./points.ts";
import type { Context } from "./rule.ts";

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
