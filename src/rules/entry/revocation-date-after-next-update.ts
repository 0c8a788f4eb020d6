import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-after-next-update",
  title: "revocationDate is later than nextUpdate",
  looksAt: ["revokedCertificates", "thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const nextUpdate = ctx.nextUpdate.seconds;
    // If nextUpdate is not later than thisUpdate, nextUpdate itself is wrong, and entries are not compared with it.
    if (nextUpdate <= ctx.thisUpdate.seconds || !(ctx.entries.latest > nextUpdate)) return undefined;
    const latest = isoTime(ctx.entries.latest);
    const tally = ctx.tally({
      what: `with a revocationDate later than nextUpdate ${isoTime(nextUpdate)}; the latest is ${latest}`,
    });
    return {
      entry(entry) {
        if (entry.date > nextUpdate) tally.add(entry);
      },
    };
  },
  why: "The CRL expires before the revocation begins, so the date is wrong. Clients that honor the date accept the certificate until then.",
  fix: "set revocationDate to the time at which the certificate was revoked",
  examples: () => ({
    bad: [
      {
        title: "one second after nextUpdate",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-08T00:00:00Z", reason: 1 }] }),
      },
      {
        title: "one second after nextUpdate, and another entry at nextUpdate",
        make: (kit) =>
          kit.crl({
            entries: [
              { date: "2026-11-08T00:00:00Z", reason: 1 },
              { date: "2026-11-07T23:59:59Z", reason: 1 },
            ],
          }),
        also: ["entry/revocation-date-after-this-update"],
      },
    ],
    good: [
      {
        title: "at nextUpdate",
        also: ["entry/revocation-date-after-this-update"],
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-07T23:59:59Z", reason: 1 }] }),
      },
      {
        title: "a nextUpdate equal to thisUpdate, which time/next-update-not-after-this-update reports",
        make: (kit) =>
          kit.crl({ nextUpdate: "2026-11-01T00:00:00Z", entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
        also: ["entry/revocation-date-after-this-update", "time/next-update-not-after-this-update"],
      },
    ],
  }),
});
