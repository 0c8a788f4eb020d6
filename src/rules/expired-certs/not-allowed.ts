import { Oid } from "../../extension/oids.ts";
import type { CertificateKnobs, CrlCase, Kit } from "../../fixture/index.ts";
import { CertificatesInScope } from "../../given/certificates.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "expired-certs/not-allowed",
  title: "CRL has expiredCertsOnCRL, but the entry of an expired certificate was removed",
  looksAt: ["predecessorEntries", "certificates", extension(Oid.expiredCertsOnCrl)],
  requirements: [
    {
      source: "etsi",
      document: "etsi-411-2",
      section: "6.3.10 CSS-6.3.10-06",
      severity: "error",
      quote: 'the CRL shall not include the X.509 "ExpiredCertsOnCRL" extension',
    },
  ],
  create(ctx) {
    const { certificates, extension, predecessorEntries: previous } = ctx;
    const since = ctx.crl.expiredCertsOnCrl?.seconds;
    if (since === undefined) return;
    // sequence/entry-removed-early reports a certificate that expired later, because it must be listed once more in any
    // case.
    const by = previous.crl.thisUpdate?.seconds ?? Number.NaN;
    const before = new CertificatesInScope(previous.crl, certificates.all);
    const still = new Set(certificates.covered.filter(({ entry }) => entry >= 0).map(({ certificate }) => certificate));
    const gone = before.covered.filter(({ certificate, entry }) => {
      const end = certificate.notAfter.seconds ?? Number.NaN;
      return entry >= 0 && !still.has(certificate) && end >= since && end < by;
    });
    reportCertificates(ctx, gone, {
      at: extension,
      path: extension.path,
      message: `CRL has expiredCertsOnCRL, but does not list ${countOf(gone.length, "expired certificate")} that the previous CRL listed`,
    });
  },
  why: "expiredCertsOnCRL states that certificates that expired on or after its date stay listed. Software that checks an old signature treats a certificate that is not listed as not revoked.",
  fix: "restore the entries, or leave out expiredCertsOnCRL",
  examples: () => ({
    bad: [{ title: "entry removed since the previous CRL", make: (kit) => dropped(kit, {}, "2024-01-01T00:00:00Z") }],
    good: [
      {
        title: "certificate that expired before the date",
        also: ["sequence/expired-entry-dropped"],
        make: (kit) => dropped(kit, { notAfter: "2026-07-31T00:00:00Z" }, "2026-08-01T00:00:00Z"),
      },
      {
        title: "no expiredCertsOnCRL",
        also: ["sequence/expired-entry-dropped"],
        make: (kit) => dropped(kit, {}),
      },
    ],
  }),
});

/** Makes a CRL without the entry that its previous CRL has for an expired certificate. */
function dropped(kit: Kit, knobs: CertificateKnobs, expiredCertsOnCrl?: string): CrlCase {
  const entry = { serial: 77, reason: 1, date: "2026-07-15T00:00:00Z" };
  const leaf: CertificateKnobs = { serial: 77, notAfter: "2026-10-15T00:00:00Z", ...knobs };
  const extra = expiredCertsOnCrl === undefined ? [] : [kit.extension.expiredCertsOnCrl(expiredCertsOnCrl)];
  return kit.crl({
    entries: [{ serial: 78, reason: 1 }],
    previous: kit.earlierCrl({ entries: [entry, { serial: 78, reason: 1 }], extra }),
    certificates: [kit.certificate(leaf)],
    extra,
  });
}
