import { formatCount } from "../../rule/format-count.ts";
import { isSuddenLoss, sortRemovals } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/many-entries-removed",
  title: "more than half of the entries of the previous CRL were removed",
  looksAt: ["replacedEntries"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { replacedEntries: previous } = ctx;
    const removals = sortRemovals(previous, ctx.anyCertificates);
    // sequence/entry-removed-early reports entries of valid certificates, sequence/hold-released those on hold.
    if (!isSuddenLoss(removals, previous, ctx.crl)) return;
    const before = formatCount(previous.crl.entries.count);
    const now = formatCount(ctx.entries.count);
    const tally = ctx.tally({
      what: `of the previous CRL were removed, more than half: it has ${before}, this CRL has ${now}`,
      in: previous,
      notes: ["if the certificates are given, each entry is checked against their notAfter"],
    });
    for (const index of removals.unknown) tally.addAt(index);
  },
  why: "So many certificates rarely expire between two CRLs. Likely causes are a restored database or an incomplete query, and clients then accept the removed certificates again.",
  fix: "check that the certificates of these entries have expired before the CRL is published",
  examples: () => ({
    bad: [
      {
        title: "20 entries, then 9",
        make: (kit) => {
          const entries = Array.from({ length: 20 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          return kit.crl({ entries: entries.slice(0, 9), previous: kit.earlierCrl({ entries }) });
        },
      },
      {
        title: "10 entries, then none",
        make: (kit) => {
          const entries = Array.from({ length: 10 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          return kit.crl({ entries: [], previous: kit.earlierCrl({ entries }) });
        },
      },
    ],
    good: [
      {
        title: "entries of expired certificates, as the certificates given show",
        make: (kit) => {
          const entries = Array.from({ length: 10 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          const certificates = entries.map(({ serial }) =>
            kit.certificate({ serial, notAfter: "2026-10-30T00:00:00Z" }),
          );
          return kit.crl({ entries: [], certificates, previous: kit.earlierCrl({ entries }) });
        },
      },
      {
        title: "previous CRL expired one second earlier, so there was a longer time for changes",
        also: ["sequence/entry-removed-early", "sequence/issued-late"],
        make: (kit) => {
          const entries = Array.from({ length: 10 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          return kit.crl({ entries: [], previous: kit.earlierCrl({ nextUpdate: "2026-10-31T23:59:59Z", entries }) });
        },
      },
      {
        title: "half of the entries, reported by sequence/entry-removed-early",
        also: ["sequence/entry-removed-early"],
        make: (kit) => {
          const entries = Array.from({ length: 20 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          return kit.crl({ entries: entries.slice(0, 10), previous: kit.earlierCrl({ entries }) });
        },
      },
      {
        title: "9 entries, then none, too few for a conclusion",
        also: ["sequence/entry-removed-early"],
        make: (kit) => {
          const entries = Array.from({ length: 9 }, (_, i) => ({ serial: 1001 + i, reason: 1 }));
          return kit.crl({ entries: [], previous: kit.earlierCrl({ entries }) });
        },
      },
    ],
  }),
});
