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
    // Behind a last CRL no other one is due.
    if (ctx.predecessor.crl.nextUpdate?.seconds === endOfTime) return;
    reportInterval(ctx, limit, { notes: [scopeNote(ctx.scope)] });
  },
  why: "ETSI EN 319 411-1 wants a CRL every day where the policy offers CRLs to end users. Whether it does cannot be told from the CRL, so this is no error.",
  fix: "issue a CRL at least every 24 hours, whatever its nextUpdate says",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-30T23:59:59Z" }) }),
      },
      {
        title: "3 days and one second, and two numbers between the two",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-10-28T23:59:59Z", crlNumber: 4708 }) }),
      },
    ],
    good: [
      { title: "24 hours", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "3 days, and two numbers between the two",
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
