import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/revocation-date-after-next-update",
  title: "revocationDate is later than nextUpdate",
  looksAt: ["revokedCertificates", "thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const nextUpdate = ctx.nextUpdate.seconds;
    // A nextUpdate that is not behind thisUpdate is wrong itself, and no measure for entries.
    if (nextUpdate <= ctx.thisUpdate.seconds || !(ctx.entries.latest > nextUpdate)) return undefined;
    const latest = isoTime(ctx.entries.latest);
    const tally = ctx.tally({
      what: `with a revocationDate later than nextUpdate ${isoTime(nextUpdate)}, up to ${latest}`,
    });
    return {
      entry(entry) {
        if (entry.date > nextUpdate) tally.add(entry);
      },
    };
  },
  why: "The CRL is no longer valid when the revocation would begin: the date is wrong. Clients that honour the date take the certificate for good all along.",
  fix: "set revocationDate to the time at which the certificate was revoked",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-08T00:00:00Z", reason: 1 }] }),
      },
      {
        title: "one second later, beside one of the same second",
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
        title: "the same second",
        also: ["entry/revocation-date-after-this-update"],
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-07T23:59:59Z", reason: 1 }] }),
      },
      {
        title: "a nextUpdate that is not behind thisUpdate, which is told as that",
        make: (kit) =>
          kit.crl({ nextUpdate: "2026-11-01T00:00:00Z", entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
        also: ["entry/revocation-date-after-this-update", "time/next-update-not-after-this-update"],
      },
    ],
  }),
});
