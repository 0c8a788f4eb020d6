import { monthsAfter } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { type IntervalLimit, isBeyond, reportInterval } from "../../checks/interval.ts";
import { defineRule } from "../../rule/rule.ts";

const limit: IntervalLimit = {
  text: "12 months",
  uncounted: "warning",
  // The calendar ends long before a number that tells the time of day has grown by so many years.
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
    // Where subscriber certificates are covered, seven days are the most: sequence/interval-beyond-7-days.
    if (ctx.isDelta || coversSubscribers(ctx.scope) || !isBeyond(ctx, limit)) return;
    reportInterval(ctx, limit, { notes: [scopeNote(ctx.scope)] });
  },
  why: "A CRL that is renewed once a year needs a key ceremony each time. One that is late by a day was late for every client that had counted on it.",
  fix: "plan the ceremony for the CRLs of a root for no later than eleven months after the last one",
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
