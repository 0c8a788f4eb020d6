import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-after-this-update",
  title: "revocationDate is later than thisUpdate",
  looksAt: ["revokedCertificates", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const thisUpdate = ctx.thisUpdate.seconds;
    const nextUpdate = ctx.crl.nextUpdate?.seconds ?? Number.NEGATIVE_INFINITY;
    // Behind nextUpdate too: entry/revocation-date-after-next-update.
    const end = nextUpdate > thisUpdate ? nextUpdate : Number.POSITIVE_INFINITY;
    if (!(ctx.entries.latest > thisUpdate)) return undefined;
    const tally = ctx.tally({ what: `with a revocationDate later than thisUpdate ${isoTime(thisUpdate)}` });
    return {
      entry(entry) {
        if (entry.date > thisUpdate && entry.date <= end) tally.add(entry);
      },
    };
  },
  why: "A CRL lists what is revoked when it is issued. No document forbids a later date, but clients differ: most take the certificate for revoked at once, some only from the date on. A CA that back-dates thisUpdate by an hour gets such entries for revocations of that hour.",
  fix: "list a certificate only once it is revoked, and date thisUpdate not before the last revocation",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
      },
      {
        title: "one second later, beside one of the same second",
        make: (kit) =>
          kit.crl({
            entries: [
              { date: "2026-11-01T00:00:01Z", reason: 1 },
              { date: "2026-11-01T00:00:00Z", reason: 1 },
            ],
          }),
      },
      {
        title: "one second later, without nextUpdate",
        make: (kit) => kit.crl({ nextUpdate: null, entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
        also: ["time/next-update-missing"],
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-01T00:00:00Z", reason: 1 }] }),
      },
    ],
  }),
});
