import type { Certificate } from "../../cert/certificate.ts";
import { CertificateOid, hasExtension, isForTls, kindOf } from "../../cert/kind.ts";
import { isShortLived } from "../../cert/short-lived.ts";
import { Oid } from "../../extension/oids.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "certs/crldp-missing",
  title: "certificate lacks the cRLDistributionPoints that the TLS BR require",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.2.11.2",
      severity: "error",
      from: "2024-03-15",
      quote: "The CRL Distribution Points extension MUST be present in",
    },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    const faulty = ctx.certificates.issued.filter(({ certificate }) => {
      const issued = certificate.notBefore.seconds ?? Number.NaN;
      return isMissing(certificate) && ctx.requirements.some((requirement) => ctx.holdsAt(requirement, issued));
    });
    reportCertificates(
      ctx,
      faulty.map((given) => ({
        ...given,
        at: given.certificate.extensions ?? given.certificate.tbsCertificate,
        path: given.certificate.extensions === undefined ? "tbsCertificate" : "tbsCertificate.extensions",
      })),
      {
        message: `${countOf(faulty.length, "certificate lacks", "certificates lack")} the cRLDistributionPoints that the TLS BR require`,
      },
    );
  },
  why: "Clients find revocation information by the URIs in the certificate. Without them, they depend on a CRL aggregator that collects the CRLs in advance.",
  fix: "issue CA certificates with cRLDistributionPoints, and subscriber certificates with cRLDistributionPoints or an OCSP responder",
  examples: () => ({
    bad: [
      {
        title: "server certificate with neither cRLDistributionPoints nor an OCSP responder",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null })] }),
      },
      {
        title: "CA certificate with only an OCSP responder",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            certificates: [
              kit.certificate({
                parent: kit.root,
                cA: true,
                crldp: null,
                ocsp: ["http://ocsp.example.com"],
                notBefore: "2024-03-15T00:00:00Z",
              }),
            ],
          }),
      },
      {
        title: "server certificate valid for 7 days and 1 second",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2026-10-30T00:00:00Z", notAfter: "2026-11-06T00:00:00Z" }),
            ],
          }),
      },
    ],
    good: [
      {
        title: "server certificate with cRLDistributionPoints",
        make: (kit) => kit.crl({ certificates: [kit.certificate()] }),
      },
      {
        title: "server certificate with an OCSP responder",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null, ocsp: ["http://ocsp.example.com"] })] }),
      },
      {
        title: "server certificate valid for 7 days, which is short-lived",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2026-10-30T00:00:00Z", notAfter: "2026-11-05T23:59:59Z" }),
            ],
          }),
      },
      {
        title: "server certificate issued on 2024-03-14, before the requirement took effect",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2024-03-14T23:59:59Z", notAfter: "2025-04-01T00:00:00Z" }),
            ],
          }),
      },
      {
        title: "S/MIME certificate",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null, eku: [kit.oids.emailProtection] })] }),
      },
    ],
  }),
});

/**
 * Whether a certificate lacks the cRLDistributionPoints that the table of TLS BR 7.1.2.11.2 requires: in a CA
 * certificate, and in a subscriber certificate that is not short-lived and has no OCSP responder.
 */
function isMissing(certificate: Certificate): boolean {
  if (!isForTls(certificate) || hasExtension(certificate, Oid.crlDistributionPoints)) return false;
  const kind = kindOf(certificate);
  if (kind === "ca") return !certificate.selfIssued;
  // RFC 9608: clients do not check a certificate with noRevAvail.
  if (kind !== "subscriber" || hasExtension(certificate, CertificateOid.noRevAvail)) return false;
  return !certificate.hasOcsp && !isShortLived(certificate);
}
