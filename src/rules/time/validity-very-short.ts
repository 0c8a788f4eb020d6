import { isoTime } from "../../der/time.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

/** One hour in seconds. */
const oneHour = 3600;

export default defineRule({
  id: "time/validity-very-short",
  title: "CRL is valid for less than an hour",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    const term = nextUpdate.seconds - thisUpdate.seconds;
    // Delta CRLs are deliberately short-lived.
    if (ctx.isDelta || term <= 0 || term >= oneHour) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is only ${formatDuration(term)} after thisUpdate`,
    });
  },
  why: "Caches can barely keep such a CRL, and for a client whose clock is slightly wrong it is never valid.",
  fix: "set nextUpdate to a time that allows for distribution and for differences between clocks",
  examples: () => ({
    bad: [{ title: "one second less than an hour", make: (kit) => kit.crl({ nextUpdate: "2026-11-01T00:59:59Z" }) }],
    good: [{ title: "an hour", make: (kit) => kit.crl({ nextUpdate: "2026-11-01T01:00:00Z" }) }],
  }),
});
