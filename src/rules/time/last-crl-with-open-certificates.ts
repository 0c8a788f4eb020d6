import type { CertificateKnobs, CrlCase, Kit } from "../../fixture/index.ts";
import { endOfTime } from "../../checks/calendar.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { matchPoints } from "../../given/points.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "time/last-crl-with-open-certificates",
  title: "CRL is marked as the last one, but a certificate in scope is neither expired nor revoked",
  looksAt: ["thisUpdate", "nextUpdate", "certificates"],
  requirements: [
    {
      source: "etsi",
      document: "etsi-411-2",
      section: "6.3.10 CSS-6.3.10-09",
      severity: "error",
      quote:
        "the TSP shall not issue a last CRL until all certificates in the scope of the CRL are either expired or revoked.",
    },
  ],
  create(ctx) {
    if (ctx.nextUpdate.seconds !== endOfTime || ctx.isDelta || ctx.entries.broken) return;
    const open = ctx.certificates.issued.filter(({ certificate, entry, likeEntry }) => {
      // RFC 5280 6.1.3: the certificate of a root is not in the scope of the root's own CRLs.
      if (certificate.selfIssued) return false;
      if (entry >= 0 || likeEntry >= 0 || matchPoints(ctx.crl, certificate) === "elsewhere") return false;
      return (certificate.notAfter.seconds ?? Number.NaN) >= ctx.thisUpdate.seconds;
    });
    reportCertificates(ctx, open, {
      at: ctx.nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate 9999-12-31T23:59:59Z marks this as the last CRL, but ${countOf(open.length, "certificate is", "certificates are")} neither expired nor listed`,
    });
  },
  why: "No CRL follows the last one. Clients that use CRLs never see a later revocation of a certificate that is still valid.",
  fix: "revoke the certificates that are still valid, or issue a CRL with an ordinary nextUpdate until they have expired",
  examples: () => ({
    bad: [
      { title: "certificate that is still valid", make: (kit) => last(kit, { notAfter: "2026-11-01T00:00:00Z" }) },
      {
        title: "two certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            nextUpdate: "9999-12-31T23:59:59Z",
            entries: [{ serial: 77, reason: 4 }],
            certificates: [
              kit.certificate({ parent: kit.root, cA: true }),
              kit.certificate({ parent: kit.root, cA: true, serial: 78 }),
            ],
          }),
      },
    ],
    good: [
      {
        title: "certificate that expired one second earlier",
        make: (kit) => last(kit, { notAfter: "2026-10-31T23:59:59Z" }),
      },
      { title: "certificate that is revoked", make: (kit) => last(kit, { serial: 77 }) },
      {
        title: "certificate that is still valid, ordinary CRL",
        make: (kit) => kit.crl({ certificates: [kit.certificate()] }),
      },
      {
        title: "root's own certificate",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            nextUpdate: "9999-12-31T23:59:59Z",
            entries: [{ serial: 77, reason: 4 }],
            certificates: [kit.root.certificate],
          }),
      },
    ],
  }),
});

/** Returns the last CRL of the root CA, which lists serial 77, and a CA certificate. */
function last(kit: Kit, knobs: CertificateKnobs): CrlCase {
  return kit.crl({
    ca: kit.root,
    nextUpdate: "9999-12-31T23:59:59Z",
    entries: [{ serial: 77, reason: 4 }],
    certificates: [kit.certificate({ parent: kit.root, cA: true, notBefore: "2025-01-01T00:00:00Z", ...knobs })],
  });
}
