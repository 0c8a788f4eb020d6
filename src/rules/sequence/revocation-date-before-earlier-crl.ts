import { isPermittedBy } from "../../checks/profile-sources.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of seconds between a revocation and the CRL that lists it (TLS BR 4.9.7). */
const day = 86_400;

export default defineRule({
  id: "sequence/revocation-date-before-earlier-crl",
  title: "new entry is dated before the previous CRL, which does not list it",
  looksAt: ["predecessorEntries"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.2",
      severity: "warning",
      quote: "the revocation date SHOULD NOT precede the date of issue of earlier CRLs",
    },
  ],
  create(ctx) {
    const { changes, crl: earlier } = ctx.predecessorEntries;
    const before = earlier.thisUpdate?.seconds;
    // Such entries are rare. If there are none, the earliest date shows this at once.
    if (before === undefined || !(ctx.entries.earliest < before - day)) return;
    const mayBackdate = isPermittedBy(ctx, "tls-br", "cs-br");
    const tally = ctx.tally({
      what: (count) =>
        `${count === 1 ? "is" : "are"} new and dated more than 24 hours before the previous CRL, which does not list ${count === 1 ? "it" : "them"}`,
      ...(mayBackdate && {
        atMost: "notice",
        notes: [
          "severity capped: the Baseline Requirements let a CA backdate a revocation to the time when the key was compromised",
        ],
      }),
    });
    ctx.predecessorEntries.addedDates.forEach((date, i) => {
      if (date < before - day) tally.addAt(changes.added[i] as number);
    });
  },
  why: "According to revocationDate, the certificate was revoked when the previous CRL was issued, but that CRL does not list it. A relying party that used that CRL cannot show later that this was correct.",
  fix: "set revocationDate to the time when the revocation was recorded, and invalidityDate to the time when the key was compromised",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second before the previous CRL",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-29T23:59:59Z" }],
            previous: kit.earlierCrl({ entries: [] }),
          }),
      },
      {
        title: "one year before the previous CRL, under the TLS Baseline Requirements, which allow it",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2025-10-29T00:00:00Z" }],
            previous: kit.earlierCrl({ entries: [] }),
          }),
      },
      {
        title:
          "two entries 24 hours and one second before the previous CRL, with one 24 hours before it and one that it lists",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: 1001, reason: 1, date: "2026-10-29T23:59:59Z" },
              { serial: 1002, reason: 1, date: "2026-10-29T23:59:59Z" },
              { serial: 1003, reason: 1, date: "2026-10-30T00:00:00Z" },
              { serial: 1004, reason: 1, date: "2026-06-01T00:00:00Z" },
            ],
            previous: kit.earlierCrl({ entries: [{ serial: 1004, reason: 1, date: "2026-06-01T00:00:00Z" }] }),
          }),
      },
    ],
    good: [
      {
        title: "24 hours before the previous CRL",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-30T00:00:00Z" }],
            previous: kit.earlierCrl({ entries: [] }),
          }),
      },
    ],
  }),
});
