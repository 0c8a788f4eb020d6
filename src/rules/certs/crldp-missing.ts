import type { Certificate } from "../../cert/certificate.ts";
import { CertificateOid, hasExtension, isForTls, kindOf } from "../../cert/kind.ts";
import { isShortLived } from "../../cert/short-lived.ts";
import { Oid } from "../../extension/oids.ts";
import { countOf, reportCertificates } from "../../checks/certificate-findings.ts";
import { tellsOfCertificates } from "../../checks/covered.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/crldp-missing",
  title: "certificate has neither cRLDistributionPoints nor an OCSP responder",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.2.11.2",
      severity: "warning",
      from: "2024-03-15",
      quote: "The CRL Distribution Points extension MUST be present in",
    },
  ],
  create(ctx) {
    if (!tellsOfCertificates(ctx)) return;
    const faulty = ctx.certificates.issued.filter(({ certificate }) => {
      const issued = certificate.notBefore.seconds ?? Number.NaN;
      return isRequired(certificate) && ctx.requirements.some((requirement) => ctx.holdsAt(requirement, issued));
    });
    reportCertificates(
      ctx,
      faulty.map((given) => ({
        ...given,
        at: given.certificate.extensions ?? given.certificate.tbsCertificate,
        path: given.certificate.extensions === undefined ? "tbsCertificate" : "tbsCertificate.extensions",
      })),
      {
        message: `${countOf(faulty.length, "certificate")} without the cRLDistributionPoints that clients would look for`,
      },
    );
  },
  why: "A client finds out about revocation by the URIs in the certificate. Without any it depends on a program that gathers the CRLs in advance.",
  fix: "issue CA certificates with cRLDistributionPoints, and subscriber certificates with them or with an OCSP responder",
  examples: () => ({
    bad: [
      {
        title: "server certificate with neither",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null })] }),
      },
      {
        title: "CA certificate, though it names an OCSP responder",
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
        title: "valid for 7 days and a second",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2026-10-30T00:00:00Z", notAfter: "2026-11-06T00:00:00Z" }),
            ],
          }),
      },
    ],
    good: [
      { title: "cRLDistributionPoints", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "server certificate with an OCSP responder",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null, ocsp: ["http://ocsp.example.com"] })] }),
      },
      {
        title: "short-lived: 7 days",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2026-10-30T00:00:00Z", notAfter: "2026-11-05T23:59:59Z" }),
            ],
          }),
      },
      {
        title: "issued the day before it was required",
        make: (kit) =>
          kit.crl({
            certificates: [
              kit.certificate({ crldp: null, notBefore: "2024-03-14T23:59:59Z", notAfter: "2025-04-01T00:00:00Z" }),
            ],
          }),
      },
      {
        title: "certificate for S/MIME",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ crldp: null, eku: [kit.oids.emailProtection] })] }),
      },
    ],
  }),
});

/** The table of TLS BR 7.1.2.11.2: CA certificates, and those of subscribers that are neither short-lived nor in OCSP. */
function isRequired(certificate: Certificate): boolean {
  if (!isForTls(certificate) || hasExtension(certificate, Oid.crlDistributionPoints)) return false;
  const kind = kindOf(certificate);
  if (kind === "ca") return !certificate.selfIssued;
  // One that says so is not to be asked after, whatever else holds of it (RFC 9608).
  if (kind !== "subscriber" || hasExtension(certificate, CertificateOid.noRevAvail)) return false;
  return !certificate.hasOcsp && !isShortLived(certificate);
}
