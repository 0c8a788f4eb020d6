import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

/** How far clocks may be apart, in seconds. */
const tolerance = 300;

export default defineRule({
  id: "time/this-update-in-future",
  title: "thisUpdate lies in the future",
  looksAt: ["thisUpdate", "now"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { thisUpdate, now } = ctx;
    if (thisUpdate.seconds <= now + tolerance) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} lies in the future; judged at ${isoTime(Math.floor(now))}`,
      ...(ctx.stated.beforeSigning && {
        atMost: "notice",
        notes: ["judged before it is signed: it may be meant for later"],
      }),
    });
  },
  why: "Clients refuse a CRL that is not valid yet. Before it is signed or published that may be as planned: root CAs often sign their CRLs ahead.",
  fix: "publish the CRL no earlier than thisUpdate, or set the clock of the CA right",
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
