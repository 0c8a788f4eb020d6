import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/expired",
  title: "CRL is stale: nextUpdate has passed",
  looksAt: ["nextUpdate", "now"],
  requirements: [{ source: "hygiene", document: "rfc5280", section: "6.3.3 (a)", severity: "warning" }],
  create(ctx) {
    const { nextUpdate, now } = ctx;
    if (now <= nextUpdate.seconds) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} has passed; judged at ${isoTime(Math.floor(now))}`,
    });
  },
  why: "Clients take a CRL whose nextUpdate has passed for no CRL at all: some refuse every certificate of the CA, others accept the revoked ones. An archived CRL is stale by nature; this rule is meant for one that is, or is about to be, published.",
  fix: "publish the CRL that follows this one",
  examples: () => ({
    bad: [{ title: "one second past nextUpdate", make: (kit) => kit.crl({ now: "2026-11-08T00:00:00Z" }) }],
    good: [{ title: "the second of nextUpdate", make: (kit) => kit.crl({ now: "2026-11-07T23:59:59Z" }) }],
  }),
});
