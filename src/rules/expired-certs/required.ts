import { CertificateOid, hasExtension } from "../../cert/kind.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import type { CertificateKnobs, CrlCase, CrlKnobs, ExtensionKnob, Kit } from "../../fixture/index.ts";
import type { Listing } from "../../given/certificates.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/required",
  title: "entry of an expired certificate is kept, but the CRL has no expiredCertsOnCRL",
  looksAt: ["thisUpdate", "revokedCertificates", "crlExtensions", "certificates"],
  requirements: [
    {
      source: "etsi",
      document: "etsi-411-2",
      section: "6.3.10 CSS-6.3.10-05",
      severity: "error",
      quote: 'the CRL shall include the X.509 "ExpiredCertsOnCRL" extension',
    },
  ],
  create(ctx) {
    if (findExtension(ctx.crl, Oid.expiredCertsOnCrl) !== undefined || ctx.isDelta) return;
    // RFC 5280 3.3: one CRL issued after notAfter has to list it still. Two periods before this CRL that one was out.
    const period = (ctx.crl.nextUpdate?.seconds ?? Number.NaN) - ctx.thisUpdate.seconds;
    const due = ctx.thisUpdate.seconds - 2 * period;
    const kept = ctx.certificates.covered.filter(
      ({ certificate, entry }) => entry >= 0 && (certificate.notAfter.seconds ?? Number.NaN) < due,
    );
    const isQualified = ({ certificate }: Listing): boolean => hasExtension(certificate, CertificateOid.qcStatements);
    const what = "for certificates that have long expired, but the CRL has no expiredCertsOnCRL";
    reportListed(ctx, kept.filter(isQualified), { what });
    reportListed(
      ctx,
      kept.filter((listing) => !isQualified(listing)),
      { what, atMost: "warning", notes: ["not graver, because only CRLs of qualified certificates are bound to it"] },
    );
  },
  why: "Who checks an old signature has to know from what date on the CRL keeps expired certificates: without it a certificate that is not listed may have been dropped.",
  fix: "add expiredCertsOnCRL with the date from which on expired certificates stay on the CRL, or take their entries off",
  examples: () => ({
    bad: [
      {
        title: "qualified certificate that expired two CRLs ago",
        make: (kit) => listed(kit, { notAfter: "2026-10-17T00:00:00Z", extra: [qcStatements(kit)] }),
      },
      {
        title: "certificate that may be qualified or not",
        make: (kit) => listed(kit, { notAfter: "2026-10-17T00:00:00Z" }),
      },
    ],
    good: [
      {
        title: "expiredCertsOnCRL",
        make: (kit) =>
          listed(kit, { notAfter: "2026-10-17T00:00:00Z", extra: [qcStatements(kit)] }, [
            kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"),
          ]),
      },
      {
        title: "certificate that expired since the last CRL but one",
        make: (kit) => listed(kit, { notAfter: "2026-10-30T00:00:00Z", extra: [qcStatements(kit)] }),
      },
    ],
  }),
});

function qcStatements(kit: Kit): ExtensionKnob {
  // QcCompliance (ETSI EN 319 412-5 4.2.1).
  return kit.extension.extension(CertificateOid.qcStatements, kit.der.seq(kit.der.seq(kit.der.oid("0.4.0.1862.1.1"))));
}

function listed(kit: Kit, leaf: CertificateKnobs, extra: CrlKnobs["extra"] = []): CrlCase {
  return kit.crl({
    entries: [{ serial: 77, reason: 1, date: "2026-10-01T00:00:00Z" }],
    certificates: [kit.certificate({ serial: 77, ...leaf })],
    extra,
  });
}
