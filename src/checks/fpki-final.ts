import type { Crl } from "../crl/crl.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import type { Facts } from "../rule/rule.ts";

/**
 * Whether a CRL is the final one of a CA in the Federal PKI. Common Policy 5.6 and 5.8: after all certificates have
 * expired or been revoked, a CA that changes its key or ends its operation issues a CRL "with a nextUpdate time past
 * the validity period of all issued certificates". If none of them were given, the end of the CA certificate stands for
 * theirs.
 */
export function isFpkiFinal(crl: Crl, { anyCa, anyCertificates }: Facts): boolean {
  const nextUpdate = crl.nextUpdate?.seconds ?? Number.NaN;
  const thisUpdate = crl.thisUpdate?.seconds ?? Number.NaN;
  const issued = issuedBy(crl, anyCertificates);
  if (issued.length === 0) return nextUpdate >= (anyCa?.certificate.notAfter.seconds ?? Number.NaN);
  return issued.every(({ certificate, entry }) => {
    const notAfter = certificate.notAfter.seconds ?? Number.NaN;
    return notAfter <= nextUpdate && (notAfter < thisUpdate || entry >= 0);
  });
}

/** Whether a CRL that is not final may be one: the certificates that decide it were not given. */
export function mayBeFpkiFinal(crl: Crl, { anyCertificates }: Facts): boolean {
  return issuedBy(crl, anyCertificates).length === 0;
}

/** Returns the certificates that the CA of a CRL issued to others, with the entries that list them. */
function issuedBy(crl: Crl, certificates: CertificatesInScope | undefined) {
  if (certificates === undefined) return [];
  return new CertificatesInScope(crl, certificates.all).issued.filter(({ certificate }) => !certificate.selfIssued);
}
