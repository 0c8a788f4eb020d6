import type { Certificate } from "../cert/certificate.ts";
import { CertificateOid, kindOf } from "../cert/kind.ts";
import type { Crl } from "../crl/crl.ts";
import { bytesOf } from "../der/span.ts";
import type { CertificatesInScope } from "./certificates.ts";
import { serialOf } from "../cert/serial.ts";
import { noCaGiven } from "./pair.ts";
import { matchPoints } from "./points.ts";
import type { Scope, ScopeKind } from "./given.ts";
import type { GivenCa, GivenCertificate } from "./given.ts";
import type { Verifier } from "../verify/verifier.ts";

/** Evidence for the scope of a CRL, other than the CRL. */
export interface ScopeEvidence {
  readonly ca: GivenCa | undefined;
  /** Reason why none of the given certificates is that of the issuing CA. */
  readonly noCaFound: string | undefined;
  readonly certificates: CertificatesInScope | undefined;
  readonly verifier: Verifier | undefined;
  /** The scope that the user states. */
  readonly stated: Exclude<ScopeKind, "unknown" | "timestamp"> | undefined;
}

/**
 * Returns whether a CRL covers subscriber certificates, CA certificates or both: its maximum validity depends on it.
 * Also returns the first evidence that decides it.
 */
export function detectScope(crl: Crl, { ca, noCaFound, certificates, verifier, stated }: ScopeEvidence): Scope {
  const idp = crl.issuingDistributionPoint;
  // CS BR 4.9.7 has its own limits for CRLs of Timestamp Certificates, which are subscriber certificates.
  const mayBeSubscribers =
    stated === "subscriber" || (stated === undefined && idp?.onlyContainsCaCerts?.value !== true);
  if (mayBeSubscribers && isTimestampCa(ca)) {
    return { kind: "timestamp", evidence: "the CA certificate's extKeyUsage is only timeStamping" };
  }
  if (stated !== undefined) return { kind: stated, evidence: "stated by --scope" };
  if (idp?.onlyContainsUserCerts?.value === true) {
    return { kind: "subscriber", evidence: "issuingDistributionPoint has onlyContainsUserCerts" };
  }
  if (idp?.onlyContainsCaCerts?.value === true) {
    return { kind: "ca", evidence: "issuingDistributionPoint has onlyContainsCACerts" };
  }
  const listing = certificates && findSubscriber(crl, certificates);
  if (listing !== undefined) return { kind: "subscriber", evidence: `${listing} is a subscriber's` };
  if (ca === undefined) return { kind: "unknown", evidence: noCaFound ?? noCaGiven };
  if (ca.isAnother) return { kind: "unknown", evidence: "the certificate given is not that of the issuing CA" };
  const { certificate } = ca;
  if (certificate.basicConstraints?.ca === true && certificate.basicConstraints.pathLength === 0) {
    return { kind: "subscriber", evidence: "the CA certificate has pathLenConstraint 0" };
  }
  // A root may be given together with its cross-certificates, in any order.
  if (ca.sameKey.some((given) => given.certificate.selfIssued && isSelfSigned(given, verifier))) {
    return { kind: "ca", evidence: "the CA certificate is a self-signed root" };
  }
  return { kind: "unknown", evidence: "neither the CRL nor the CA certificate shows the scope" };
}

function isTimestampCa(ca: GivenCa | undefined): boolean {
  if (ca === undefined || ca.isAnother) return false;
  const purposes = ca.certificate.extKeyUsage;
  return purposes?.length === 1 && purposes[0] === CertificateOid.timeStamping;
}

/**
 * Finds a subscriber certificate in scope. With one, even a CRL that also covers CA certificates is one "covering
 * Subscriber Certificates" (TLS BR 7.2). A certificate whose distribution points lead to other CRLs is not in scope.
 * One that the CRL does not list is in scope only until it expires (RFC 5280 3.3).
 */
function findSubscriber(crl: Crl, certificates: CertificatesInScope): string | undefined {
  const found = certificates.issued.find(
    ({ certificate, entry }) =>
      kindOf(certificate) === "subscriber" &&
      (entry >= 0 || (!hasExpired(certificate, crl) && matchPoints(crl, certificate) !== "elsewhere")),
  );
  return found && `a certificate in scope, serial ${serialOf(found)},`;
}

function hasExpired({ notAfter }: Certificate, { thisUpdate }: Crl): boolean {
  return (notAfter.seconds ?? Number.NaN) < (thisUpdate?.seconds ?? Number.NaN);
}

function isSelfSigned({ certificate }: GivenCertificate, verifier: Verifier | undefined): boolean {
  const { source, publicKey, signatureAlgorithm, tbsCertificate, signatureValue } = certificate;
  if (verifier === undefined || signatureAlgorithm === undefined || signatureValue === undefined) return false;
  const check = {
    publicKey: bytesOf(source.bytes, publicKey),
    algorithm: bytesOf(source.bytes, signatureAlgorithm),
    data: bytesOf(source.bytes, tbsCertificate),
    signature: bytesOf(source.bytes, signatureValue),
  };
  return verifier.verify(check).verdict === "valid";
}
