import { CertificateOid, hasExtension } from "../../cert/kind.ts";
import { findExtension } from "../../crl/crl.ts";
import { isoTime } from "../../der/time.ts";
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
    // RFC 5280 3.3: one CRL issued after notAfter must still list the certificate. Two periods later, it has been
    // issued.
    const period = (ctx.crl.nextUpdate?.seconds ?? Number.NaN) - ctx.thisUpdate.seconds;
    const due = ctx.thisUpdate.seconds - 2 * period;
    const kept = ctx.certificates.covered.filter(
      ({ certificate, entry }) => entry >= 0 && (certificate.notAfter.seconds ?? Number.NaN) < due,
    );
    const isQualified = ({ certificate }: Listing): boolean => hasExtension(certificate, CertificateOid.qcStatements);
    const whatOf =
      (listed: readonly Listing[]) =>
      (count: number): string => {
        const ends = listed.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN);
        const first = isoTime(Math.min(...ends));
        const expired = count === 1 ? "a certificate that expired at" : "certificates that expired, the first at";
        return `for ${expired} ${first}, in a CRL without expiredCertsOnCRL`;
      };
    const qualified = kept.filter(isQualified);
    const others = kept.filter((listing) => !isQualified(listing));
    reportListed(ctx, qualified, { what: whatOf(qualified) });
    reportListed(ctx, others, {
      what: whatOf(others),
      atMost: "warning",
      notes: ["severity capped: the requirement applies only to CRLs of qualified certificates"],
    });
  },
  why: "Software that checks an old signature must know the date from which the CRL keeps expired certificates. Without it, the entry of a certificate that is not listed may have been removed.",
  fix: "add expiredCertsOnCRL with the date from which expired certificates stay listed, or remove their entries",
  examples: () => ({
    bad: [
      {
        title: "qualified certificate that expired two CRLs ago",
        make: (kit) => listed(kit, { notAfter: "2026-10-17T00:00:00Z", extra: [qcStatements(kit)] }),
      },
      {
        title: "certificate without qcStatements that expired two CRLs ago",
        make: (kit) => listed(kit, { notAfter: "2026-10-17T00:00:00Z" }),
      },
    ],
    good: [
      {
        title: "expiredCertsOnCRL, and a qualified certificate that expired two CRLs ago",
        make: (kit) =>
          listed(kit, { notAfter: "2026-10-17T00:00:00Z", extra: [qcStatements(kit)] }, [
            kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"),
          ]),
      },
      {
        title: "qualified certificate that expired less than two CRLs ago",
        make: (kit) => listed(kit, { notAfter: "2026-10-30T00:00:00Z", extra: [qcStatements(kit)] }),
      },
    ],
  }),
});

function qcStatements(kit: Kit): ExtensionKnob {
  // The statement is QcCompliance (ETSI EN 319 412-5 4.2.1).
  return kit.extension.extension(CertificateOid.qcStatements, kit.der.seq(kit.der.seq(kit.der.oid("0.4.0.1862.1.1"))));
}

function listed(kit: Kit, leaf: CertificateKnobs, extra: CrlKnobs["extra"] = []): CrlCase {
  return kit.crl({
    entries: [{ serial: 77, reason: 1, date: "2026-10-01T00:00:00Z" }],
    certificates: [kit.certificate({ serial: 77, ...leaf })],
    extra,
  });
}
