import { isoTime, isoTimeAfter } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/expired",
  title: "CRL has expired: nextUpdate has passed",
  looksAt: ["nextUpdate", "now"],
  requirements: [
    {
      source: "rfc5280",
      section: "6.3.3 (a)",
      severity: "error",
      quote: "If the current time is after the value of the CRL next update field, then do one of the following",
    },
    { source: "hygiene", document: "rfc5280", section: "6.3.3 (a)", severity: "error" },
  ],
  create(ctx) {
    const { nextUpdate, now } = ctx;
    if (now <= nextUpdate.seconds) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} has passed as of ${isoTimeAfter(now, nextUpdate.seconds)}`,
    });
  },
  why: "Most clients ignore a CRL whose nextUpdate has passed. OpenSSL 3.0, Node 20 and Java 17 with hard fail then reject every certificate of the CA; Java 17 with soft fail accepts revoked ones. An archived CRL is expected to be expired: `--now thisUpdate` lints it as of the time when it was issued.",
  fix: "publish the next CRL; lint an archived CRL with `--now thisUpdate`",
  examples: () => ({
    bad: [{ title: "one second after nextUpdate", make: (kit) => kit.crl({ now: "2026-11-08T00:00:00Z" }) }],
    good: [
      { title: "at nextUpdate", make: (kit) => kit.crl({ now: "2026-11-07T23:59:59Z" }) },
      {
        title: "archived CRL, as of its thisUpdate",
        make: (kit) => kit.crl({ options: { now: "thisUpdate" } }),
      },
    ],
  }),
});
