import { type Certificate, cRLSign, keyCertSign } from "../cert/certificate.ts";
import { hasExtension } from "../cert/kind.ts";
import type { Crl } from "../crl/crl.ts";
import { Oid } from "../extension/oids.ts";

/**
 * Whether a certificate may be that of a CRL's issuer by its basicConstraints: it is that of a CA, of a key that a CA
 * uses only for CRLs, or of the separate issuer of an indirect CRL. True if an extension that shows it cannot be read.
 */
export function isCaOrCrlSigner(crl: Crl, certificate: Certificate): boolean {
  const { basicConstraints, keyUsage } = certificate;
  if (basicConstraints === undefined && hasExtension(certificate, Oid.basicConstraints)) return true;
  // RFC 5280 4.2.1.3 forbids keyCertSign without cA, but not cRLSign.
  const isCrlSigner = keyUsage?.has(cRLSign) === true && !keyUsage.has(keyCertSign);
  return basicConstraints?.ca === true || isCrlSigner || mayBeIndirect(crl);
}

/** Whether a CRL is indirect, or may be because its issuingDistributionPoint cannot be read. */
function mayBeIndirect({ issuingDistributionPoint: idp, unread }: Crl): boolean {
  if (idp !== undefined) return idp.indirectCrl !== undefined && idp.indirectCrl.value !== false;
  return unread.has("issuingDistributionPoint") || unread.has("crlExtensions");
}

/** Whether a key may sign CRLs: keyUsage, if present, must have cRLSign (RFC 5280 6.3.3 (f)). */
export function maySignCrls({ keyUsage }: Certificate): boolean {
  return keyUsage === undefined || keyUsage.has(cRLSign);
}
