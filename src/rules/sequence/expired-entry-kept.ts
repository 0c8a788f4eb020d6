import { CertificateOid } from "../../cert/kind.ts";
import { onlyUnexpired, tenYearsAfterExpiry } from "../../checks/entry-terms.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { CertificatesInScope } from "../../given/certificates.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/expired-entry-kept",
  title: "entry was kept although its certificate expired and a CRL has listed it since",
  looksAt: ["predecessorEntries", "certificates"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "warning",
      from: "2024-03-15",
      quote:
        "The CA SHOULD remove an entry for a corresponding Certificate after it has appeared on at least one regularly scheduled CRL",
    },
    onlyUnexpired,
    { source: "hygiene", section: "", severity: "notice" },
  ],
  create(ctx) {
    const { predecessorEntries: previous, certificates, crl } = ctx;
    // CS BR 7.2: entries stay for 10 years after expiry. With expiredCertsOnCRL they stay permanently.
    if (ctx.hasInForce([tenYearsAfterExpiry]) || findExtension(crl, Oid.expiredCertsOnCrl) !== undefined) return;
    const before = previous.crl.thisUpdate?.seconds ?? Number.NaN;
    const listedBefore = new CertificatesInScope(previous.crl, certificates.all).covered;
    const wasListed = new Set(listedBefore.flatMap(({ entry, certificate }) => (entry < 0 ? [] : [certificate])));
    const kept = certificates.covered.filter(
      ({ entry, certificate }) =>
        entry >= 0 &&
        wasListed.has(certificate) &&
        (certificate.notAfter.seconds ?? Number.NaN) < before &&
        certificate.extKeyUsage?.includes(CertificateOid.codeSigning) !== true,
    );
    const indexes = kept.map(({ entry }) => entry).sort((a, b) => a - b);
    const tally = ctx.tally({
      what: (count) =>
        count === 1
          ? "was kept although its certificate expired before the previous CRL, which listed it"
          : "were kept although their certificates expired before the previous CRL, which listed them",
    });
    for (const index of indexes) tally.addAt(index);
  },
  why: "No client checks an expired certificate any longer. Entries that are never removed only make the CRL larger for every client.",
  fix: "remove the entry, unless another requirement keeps it listed",
  examples: () => ({
    bad: [
      {
        title: "expired one second before the previous CRL",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "expired one second before the previous CRL, under RFC 5280 alone",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
        profile: "rfc5280",
      },
      {
        title: "expired one second before the previous CRL, RPKI",
        profile: "rpki",
        make: (kit) => {
          const ca = kit.rpkiCa;
          return kit.crl({
            ca,
            entries: [{ serial: 1002 }],
            certificates: [kit.certificate({ parent: ca, serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ ca, entries: [{ serial: 1002 }] }),
          });
        },
      },
    ],
    good: [
      {
        title: "expired when the previous CRL was issued",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
    ],
  }),
});
