import type { CertificateKnobs, CrlCase, Kit } from "../../fixture/index.ts";
import { CertificateOid } from "../../cert/kind.ts";
import { isoTime } from "../../der/time.ts";
import type { Listing } from "../../given/certificates.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-before-cert-not-before",
  title: "revocationDate lies before the certificate's notBefore",
  looksAt: ["certificates", "revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const window = ctx.entries.openWindow();
    const ca = ctx.anyCa?.certificate.notBefore.seconds ?? Number.NEGATIVE_INFINITY;
    const early = ctx.certificates.covered.filter(({ certificate, entry }) => {
      // What lies before the CA's own notBefore: entry/revocation-date-before-ca.
      const date = entry < 0 ? Number.NaN : window(entry).date;
      return date >= ca && date < (certificate.notBefore.seconds ?? Number.NaN);
    });
    const signsCode = ({ certificate }: Listing): boolean =>
      certificate.extKeyUsage?.includes(CertificateOid.codeSigning) === true;
    const others = early.filter((listing) => !signsCode(listing));
    reportListed(ctx, others, { what: whatOf(others) });
    const code = early.filter(signsCode);
    reportListed(ctx, code, {
      what: whatOf(code),
      atMost: "notice",
      notes: [
        "not graver, because a code signing certificate may be revoked as of a date of the CA's choice (CS BR 7.2.2)",
      ],
    });
  },
  why: "A certificate cannot be revoked before there is one. Most often a wrong time zone or an uninitialised date is behind it.",
  fix: "set revocationDate to the moment of the revocation, or to notBefore where all that was ever signed is to be void",
  examples: () => ({
    bad: [
      { title: "one second before", make: (kit) => revokedAt(kit, "2026-05-31T23:59:59Z") },
      {
        title: "one second before, a code signing certificate",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1, date: "2026-05-31T23:59:59Z" }],
            certificates: [
              kit.certificate({ serial: 77, notBefore: "2026-06-01T00:00:00Z", eku: [kit.oids.codeSigning] }),
            ],
          }),
      },
      {
        title: "one second before, certificates for servers and for signing code",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 77, reason: 1, date: "2026-05-31T23:59:59Z" },
              { serial: 78, reason: 1, date: "2026-05-31T23:59:59Z" },
            ],
            certificates: [
              kit.certificate({ serial: 77, notBefore: "2026-06-01T00:00:00Z" }),
              kit.certificate({ serial: 78, notBefore: "2026-06-01T00:00:00Z", eku: [kit.oids.codeSigning] }),
            ],
          }),
      },
    ],
    good: [
      { title: "the moment of notBefore", make: (kit) => revokedAt(kit, "2026-06-01T00:00:00Z") },
      { title: "later", make: (kit) => revokedAt(kit, "2026-06-02T00:00:00Z") },
    ],
  }),
});

function whatOf([first]: readonly Listing[]): string {
  return `with a revocationDate before the certificate's notBefore, ${isoTime(first?.certificate.notBefore.seconds ?? 0)} of the first`;
}

function revokedAt(kit: Kit, date: string): CrlCase {
  const leaf: CertificateKnobs = { serial: 77, notBefore: "2026-06-01T00:00:00Z" };
  return kit.crl({ entries: [{ serial: 77, reason: 1, date }], certificates: [kit.certificate(leaf)] });
}
