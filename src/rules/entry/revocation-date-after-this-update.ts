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
    // entry/revocation-date-after-next-update reports dates that are also later than nextUpdate.
    const end = nextUpdate > thisUpdate ? nextUpdate : Number.POSITIVE_INFINITY;
    if (!(ctx.entries.latest > thisUpdate)) return undefined;
    const tally = ctx.tally({ what: `with a revocationDate later than thisUpdate ${isoTime(thisUpdate)}` });
    return {
      entry(entry) {
        if (entry.date > thisUpdate && entry.date <= end) tally.add(entry);
      },
    };
  },
  why: "A CRL lists certificates that are revoked when it is issued. No document forbids a later date, but most clients treat the certificate as revoked at once, and Java 17 and NSS 3.87 accept it until that date. A CA that backdates thisUpdate by an hour gets such entries for revocations within that hour.",
  fix: "list a certificate only after it is revoked, and do not set thisUpdate earlier than the latest revocation",
  examples: () => ({
    bad: [
      {
        title: "one second after thisUpdate",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
      },
      {
        title: "one second after thisUpdate, and another entry at thisUpdate",
        make: (kit) =>
          kit.crl({
            entries: [
              { date: "2026-11-01T00:00:01Z", reason: 1 },
              { date: "2026-11-01T00:00:00Z", reason: 1 },
            ],
          }),
      },
      {
        title: "one second after thisUpdate, without nextUpdate",
        make: (kit) => kit.crl({ nextUpdate: null, entries: [{ date: "2026-11-01T00:00:01Z", reason: 1 }] }),
        also: ["time/next-update-missing"],
      },
    ],
    good: [
      {
        title: "at thisUpdate",
        make: (kit) => kit.crl({ entries: [{ date: "2026-11-01T00:00:00Z", reason: 1 }] }),
      },
    ],
  }),
});
