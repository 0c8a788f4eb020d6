import { monthsAfter } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { type IntervalLimit, isBeyond, reportInterval } from "../../checks/interval.ts";
import { defineRule } from "../../rule/rule.ts";

const limit: IntervalLimit = {
  text: "12 months",
  uncounted: "warning",
  // A cRLNumber that contains the time grows in large steps, and the calendar ends after fewer years than that.
  latest: (from, steps) => (steps > 1000 ? Number.POSITIVE_INFINITY : monthsAfter(from, 12 * steps).lenient),
};

export default defineRule({
  id: "sequence/interval-beyond-12-months",
  title: "CRL was issued more than 12 months after the previous one",
  looksAt: ["predecessor", "thisUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "error",
      quote: "MUST update and publish a new CRL at least every twelve (12) months",
    },
  ],
  create(ctx) {
    // If the CRL covers subscriber certificates, the maximum is 7 days: sequence/interval-beyond-7-days.
    if (ctx.isDelta || coversSubscribers(ctx.scope) || !isBeyond(ctx, limit)) return;
    reportInterval(ctx, limit, { notes: [scopeNote(ctx.scope)] });
  },
  why: "A CRL that is issued once a year needs a key ceremony each time. A CRL that is one day late is late for every client that relies on it.",
  fix: "plan the ceremony for the CRLs of a root no later than 11 months after the last one",
  examples: () => ({
    bad: [
      {
        title: "12 months and one second",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2026-11-01T00:00:01Z",
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2025-11-01T00:00:00Z",
              nextUpdate: "2026-11-02T00:00:00Z",
            }),
          }),
      },
    ],
    good: [
      {
        title: "12 months",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2025-11-01T00:00:00Z",
              nextUpdate: "2026-11-01T00:00:00Z",
            }),
          }),
      },
      {
        title: "12 months of 366 days",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2028-03-01T00:00:00Z",
            nextUpdate: "2028-09-01T00:00:00Z",
            previous: kit.earlierCrl({
              ca: kit.root,
              entries: [],
              thisUpdate: "2027-03-01T00:00:00Z",
              nextUpdate: "2028-03-01T00:00:00Z",
            }),
          }),
      },
    ],
  }),
});
