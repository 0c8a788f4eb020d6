import { CertificateOid } from "../../cert/kind.ts";
import type { CertificateKnobs, CrlCase, Kit } from "../../fixture/index.ts";
import { reportListed } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-after-cert-not-after",
  title: "certificate was revoked after it had expired",
  looksAt: ["certificates", "revokedCertificates"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const window = ctx.entries.openWindow();
    const late = ctx.certificates.covered.filter(({ certificate, entry }) => {
      if (entry < 0 || certificate.extKeyUsage?.some((purpose) => purposesWithLastingSignatures.has(purpose)) === true)
        return false;
      return window(entry).date > (certificate.notAfter.seconds ?? Number.NaN);
    });
    reportListed(ctx, late, {
      what: (count) =>
        count === 1
          ? "for a certificate that was revoked after it had expired"
          : "for certificates that were revoked after they had expired",
    });
  },
  why: "Clients reject an expired server certificate in any case, so the entry only makes the CRL larger. It is useful only if signatures are checked after the certificate has expired.",
  fix: "revoke certificates while they are valid, and leave expired ones off the CRL",
  examples: () => ({
    bad: [
      { title: "one second after notAfter", make: (kit) => revokedAt(kit, "2026-10-01T00:00:01Z") },
      {
        title: "one second after notAfter, two certificates",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 77, reason: 1, date: "2026-10-01T00:00:01Z" },
              { serial: 78, reason: 1, date: "2026-10-01T00:00:01Z" },
            ],
            certificates: [
              kit.certificate({ serial: 77, notAfter: "2026-10-01T00:00:00Z" }),
              kit.certificate({ serial: 78, notAfter: "2026-10-01T00:00:00Z" }),
            ],
          }),
      },
    ],
    good: [
      { title: "at notAfter", make: (kit) => revokedAt(kit, "2026-10-01T00:00:00Z") },
      {
        title: "one second after notAfter of a code signing certificate",
        make: (kit) => revokedAt(kit, "2026-10-01T00:00:01Z", { eku: [kit.oids.codeSigning] }),
      },
      {
        title: "one second after notAfter of a certificate for servers and code signing",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 77, reason: 1, date: "2026-10-01T00:00:01Z" }],
            certificates: [
              kit.certificate({
                serial: 77,
                notAfter: "2026-10-01T00:00:00Z",
                eku: [kit.oids.serverAuth, kit.oids.codeSigning],
              }),
            ],
          }),
      },
    ],
  }),
});

/** Key purposes whose signatures are checked long after the certificate has expired. */
const purposesWithLastingSignatures: ReadonlySet<string> = new Set([
  CertificateOid.codeSigning,
  CertificateOid.timeStamping,
]);

function revokedAt(kit: Kit, date: string, knobs: CertificateKnobs = {}): CrlCase {
  const leaf: CertificateKnobs = { serial: 77, notAfter: "2026-10-01T00:00:00Z", ...knobs };
  return kit.crl({ entries: [{ serial: 77, reason: 1, date }], certificates: [kit.certificate(leaf)] });
}
