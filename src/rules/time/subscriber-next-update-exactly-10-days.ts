import { isoTime } from "../../der/time.ts";
import { tenDays } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/subscriber-next-update-exactly-10-days",
  title: "subscriber CRL is valid for exactly 10 days, one second too long if its last second counts",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.9, 6.3.2, 7.2",
      severity: "notice",
      from: "2020-09-30",
      quote:
        "The validity interval of an OCSP response is the difference in time between the `thisUpdate` and `nextUpdate` field, inclusive.",
    },
  ],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    if (!coversSubscribers(ctx.scope) || nextUpdate.seconds - thisUpdate.seconds !== tenDays) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is exactly ${formatDuration(tenDays)} after thisUpdate`,
      notes: [scopeNote(ctx.scope)],
    });
  },
  why: "The Baseline Requirements count the last second of a certificate's validity and of an OCSP response. They do not state whether they count that of a CRL. If it counts, this CRL is valid for 864,001 s.",
  fix: "set nextUpdate one second earlier",
  examples: () => ({
    bad: [{ title: "864,000 s", make: (kit) => kit.crl({ nextUpdate: "2026-11-11T00:00:00Z" }) }],
    good: [{ title: "863,999 s", make: (kit) => kit.crl({ nextUpdate: "2026-11-10T23:59:59Z" }) }],
  }),
});
