import { isoTime } from "../../der/time.ts";
import { explainGap, placeIn } from "../../lint/predecessor.ts";
import { defineRule } from "../../lint/rule.ts";

const ninetyDays = 90 * 86_400;

export default defineRule({
  id: "sequence/icao-interval-90-days",
  title: "CSCA CRL was issued more than 90 days after the previous one",
  needs: ["predecessor", "thisUpdate"],
  requirements: [{ source: "icao", section: "5 / 7.1.4", severity: "warning" }],
  why: "Border control systems fetch CSCA CRLs by a fixed schedule. One that is not renewed in time counts as missing, and the passports of its state as unchecked.",
  fix: "issue a CRL at least every 90 days, even where nothing was revoked",
  examples: {
    bad: [
      {
        title: "90 days and one second",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-08-02T23:59:59Z",
              nextUpdate: "2026-11-06T00:00:00Z",
              entries: [],
            }),
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "90 days",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-08-03T00:00:00Z",
              nextUpdate: "2026-11-06T00:00:00Z",
              entries: [],
            }),
            entries: [],
          }),
      },
    ],
  },
  create(ctx) {
    const { predecessor, thisUpdate } = ctx;
    const before = predecessor.crl.thisUpdate;
    if (ctx.isDelta || before?.seconds === undefined) return;
    const interval = thisUpdate.seconds - before.seconds;
    if (interval <= ninetyDays) return;
    const gap = explainGap(predecessor.crl, ctx.crl);
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is ${interval} s after that of the previous CRL; at most ${ninetyDays} s (90 days)`,
      related: placeIn(predecessor, before, "tbsCertList.thisUpdate"),
      notes: gap,
      ...(gap.length > 0 && { atMost: "notice" }),
    });
  },
});
