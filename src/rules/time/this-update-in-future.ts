import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

/** Tolerated difference between clocks, in seconds. */
const tolerance = 300;

export default defineRule({
  id: "time/this-update-in-future",
  title: "thisUpdate is in the future",
  looksAt: ["thisUpdate", "now"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { thisUpdate, now } = ctx;
    if (thisUpdate.seconds <= now + tolerance) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is in the future as of ${isoTime(Math.floor(now))}`,
      ...(ctx.stated.beforeSigning && {
        atMost: "notice",
        notes: ["severity capped: linted before signing, and the CRL may be intended for later"],
      }),
    });
  },
  why: "Clients reject a CRL that is not valid yet. Before signing or publication this may be planned, because root CAs often sign their CRLs in advance.",
  fix: "publish the CRL no earlier than thisUpdate, or correct the clock of the CA",
  examples: () => ({
    bad: [
      { title: "301 seconds ahead", make: (kit) => kit.crl({ now: "2026-10-31T23:54:59Z" }) },
      {
        title: "one day ahead, before signing",
        make: (kit) => kit.crl({ form: "tbs", now: "2026-10-31T00:00:00Z" }),
      },
    ],
    good: [{ title: "300 seconds ahead", make: (kit) => kit.crl({ now: "2026-10-31T23:55:00Z" }) }],
  }),
});
