import { sortRemovals } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/expired-entry-dropped",
  title: "entry of an expired certificate was removed",
  looksAt: ["predecessorEntries", "certificates"],
  requirements: [
    {
      source: "etsi",
      document: "etsi-411-2",
      section: "6.3.10 CSS-6.3.10-03/-04",
      severity: "warning",
      quote: "the TSP should not remove from the CRL revoked certificates after they have expired.",
    },
  ],
  create(ctx) {
    const { predecessorEntries: previous, certificates, crl } = ctx;
    const before = previous.crl.thisUpdate?.seconds ?? Number.NaN;
    // expired-certs/not-allowed reports removed entries that expiredCertsOnCRL covers.
    const since = crl.expiredCertsOnCrl?.seconds ?? Number.POSITIVE_INFINITY;
    const dropped = sortRemovals(previous, certificates).known.filter(
      ({ notAfter }) => notAfter < before && notAfter < since,
    );
    const tally = ctx.tally({
      what: (count) =>
        count === 1
          ? "of the previous CRL was removed after its certificate had expired"
          : "of the previous CRL were removed after their certificates had expired",
      in: previous,
    });
    for (const { entry } of dropped) tally.addAt(entry);
  },
  why: "Signatures are verified years later, long after the certificate has expired. Without the entry, a signature by a revoked certificate looks valid.",
  fix: "keep entries of expired certificates, and state this with expiredCertsOnCRL",
  examples: () => ({
    bad: [
      {
        title: "expired one second before the previous CRL",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
    ],
    good: [
      {
        title: "entry kept",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1002, reason: 4 }],
            extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({
              entries: [{ serial: 1002, reason: 4 }],
              extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")],
            }),
          }),
      },
      {
        title: "certificate expired when the previous CRL was issued, reported by sequence/entry-removed-early",
        also: ["sequence/entry-removed-early"],
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
    ],
  }),
});
