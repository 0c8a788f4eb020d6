import { formatCount } from "../../rule/format-count.ts";
import { replacesUnexpired } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

/**
 * Minimum number of earlier entries: with fewer, a CA is new, or revokes so rarely that one event can double the
 * number.
 */
const few = 100;

export default defineRule({
  id: "sequence/many-entries-added",
  title: "CRL has more than twice the entries of the previous CRL",
  looksAt: ["predecessorEntries"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const previous = ctx.predecessorEntries;
    const { added } = previous.changes;
    const before = previous.crl.entries.count;
    if (before < few || added.length <= before || !replacesUnexpired(previous, ctx.crl)) return;
    const tally = ctx.tally({
      what: `are new; the previous CRL has ${formatCount(before)} entries`,
    });
    for (const index of added) tally.addAt(index);
  },
  why: "This is either a mass revocation, or a job that revoked certificates by mistake. The CRL also becomes much larger for every client that fetches it.",
  fix: "check that all these revocations were intended before the CRL is published",
  examples: () => ({
    bad: [
      {
        title: "100 entries, then 201",
        make: (kit) => {
          const entries = Array.from({ length: 201 }, (_, i) => ({
            serial: 1001 + i,
            reason: 4,
            date: "2026-10-31T12:00:00Z",
          }));
          return kit.crl({
            entries,
            previous: kit.earlierCrl({ thisUpdate: "2026-10-31T13:00:00Z", entries: entries.slice(0, 100) }),
          });
        },
      },
    ],
    good: [
      {
        title: "100 entries, then 200",
        make: (kit) => {
          const entries = Array.from({ length: 200 }, (_, i) => ({
            serial: 1001 + i,
            reason: 4,
            date: "2026-10-31T12:00:00Z",
          }));
          return kit.crl({
            entries,
            previous: kit.earlierCrl({ thisUpdate: "2026-10-31T13:00:00Z", entries: entries.slice(0, 100) }),
          });
        },
      },
      {
        title: "99 entries, then 200, as of a growing CA",
        make: (kit) => {
          const entries = Array.from({ length: 200 }, (_, i) => ({
            serial: 1001 + i,
            reason: 4,
            date: "2026-10-31T12:00:00Z",
          }));
          return kit.crl({
            entries,
            previous: kit.earlierCrl({ thisUpdate: "2026-10-31T13:00:00Z", entries: entries.slice(0, 99) }),
          });
        },
      },
    ],
  }),
});
