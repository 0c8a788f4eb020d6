import { endOfTime } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { isBeyond, limitOfDays, reportInterval } from "../../checks/interval.ts";
import { defineRule } from "../../rule/rule.ts";

const limit = limitOfDays(1, "notice");

export default defineRule({
  id: "sequence/etsi-interval-24-hours",
  title: "CRL for end users was issued more than 24 hours after the previous one",
  looksAt: ["predecessor", "thisUpdate"],
  requirements: [
    {
      source: "etsi",
      section: "6.3.9 CSS-6.3.9-05",
      severity: "warning",
      quote:
        "either the CRL or the variant shall be published at least every 24 hours until a last CRL has been published.",
    },
  ],
  create(ctx) {
    if (ctx.isDelta || !coversSubscribers(ctx.scope) || !isBeyond(ctx, limit)) return;
    // No CRL is due after a last CRL.
    if (ctx.predecessor.crl.nextUpdate?.seconds === endOfTime) return;
    reportInterval(ctx, limit, { notes: [scopeNote(ctx.scope)] });
  },
  why: "ETSI EN 319 411-1 requires a CRL every day if the policy offers CRLs to end users. The CRL does not show whether it does, so this is not an error.",
  fix: "issue a CRL at least every 24 hours, whatever its nextUpdate is",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-30T23:59:59Z" }) }),
      },
      {
        title: "3 days and one second, with two numbers in between",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-28T23:59:59Z", crlNumber: 4708 }) }),
      },
    ],
    good: [
      { title: "24 hours", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "3 days, with two numbers in between",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-29T00:00:00Z", crlNumber: 4708 }) }),
      },
      {
        title: "3 days on a root CRL",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            previous: kit.earlierCrl({ ca: kit.root, entries: [], thisUpdate: "2026-10-29T00:00:00Z" }),
          }),
      },
    ],
  }),
});
