import type { CertificateKnobs, CrlCase, Kit } from "../../fixture/index.ts";
import { CertificateOid } from "../../cert/kind.ts";
import { isoTime } from "../../der/time.ts";
import type { Listing } from "../../given/certificates.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-before-cert-not-before",
  title: "revocationDate is earlier than the certificate's notBefore",
  looksAt: ["certificates", "revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const window = ctx.entries.openWindow();
    const ca = ctx.anyCa?.certificate.notBefore.seconds ?? Number.NEGATIVE_INFINITY;
    const early = ctx.certificates.covered.filter(({ certificate, entry }) => {
      // entry/revocation-date-before-ca reports dates earlier than the CA's own notBefore.
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
      notes: ["severity capped: the CA may choose the revocation date of a code signing certificate (CS BR 7.2.2)"],
    });
  },
  why: "A certificate cannot be revoked before it exists. The usual cause is a wrong time zone or an uninitialized date.",
  fix: "set revocationDate to the time of revocation, or to notBefore if all signatures ever made must be invalid",
  examples: () => ({
    bad: [
      { title: "one second before notBefore", make: (kit) => revokedAt(kit, "2026-05-31T23:59:59Z") },
      {
        title: "one second before notBefore of a code signing certificate",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1, date: "2026-05-31T23:59:59Z" }],
            certificates: [
              kit.certificate({ serial: 77, notBefore: "2026-06-01T00:00:00Z", eku: [kit.oids.codeSigning] }),
            ],
          }),
      },
      {
        title: "one second before notBefore of certificates for servers and for code signing",
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
      { title: "at notBefore", make: (kit) => revokedAt(kit, "2026-06-01T00:00:00Z") },
      { title: "one day after notBefore", make: (kit) => revokedAt(kit, "2026-06-02T00:00:00Z") },
    ],
  }),
});

function whatOf([first]: readonly Listing[]): string {
  return `with a revocationDate earlier than the certificate's notBefore; the first has ${isoTime(first?.certificate.notBefore.seconds ?? 0)}`;
}

function revokedAt(kit: Kit, date: string): CrlCase {
  const leaf: CertificateKnobs = { serial: 77, notBefore: "2026-06-01T00:00:00Z" };
  return kit.crl({ entries: [{ serial: 77, reason: 1, date }], certificates: [kit.certificate(leaf)] });
}
