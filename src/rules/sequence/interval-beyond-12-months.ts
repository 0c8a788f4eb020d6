import { monthsAfter } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { type IntervalLimit, isBeyond, reportInterval } from "../../checks/interval.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule, type Example } from "../../rule/rule.ts";

const limit: IntervalLimit = {
  text: "12 months",
  uncounted: "warning",
  // A cRLNumber that contains the time increases in large steps, and the calendar ends before that many years have
  // passed.
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
      from: "2024-03-15",
      quote: "MUST update and publish a new CRL at least every twelve (12) months",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.7",
      section: "4.9.7",
      severity: "error",
      from: "2012-07-01",
      to: "2024-03-14",
      quote: "update and reissue CRLs at least (i) once every twelve months",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "error",
      quote: "For the status of Subordinate CA Certificates: the CA SHALL update and reissue CRLs at least",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "error",
      quote: "update and reissue a CRL at least once every twelve months and within 24 hours after revoking",
    },
  ],
  create(ctx) {
    // If the CRL covers subscriber certificates, the maximum is 7 days: sequence/interval-beyond-7-days.
    if (ctx.isDelta || coversSubscribers(ctx.scope) || !isBeyond(ctx, limit)) return;
    reportInterval(ctx, limit, { notes: [scopeNote(ctx.scope)] });
  },
  why: "A CRL that is issued once a year needs a key ceremony each time. If it is one day late, no client has a valid CRL that day.",
  fix: "plan the ceremony for the CRLs of a root no later than 11 months after the last one",
  examples: () => ({
    bad: [
      ...(["smime-br", "cs-br"] as const).map((profile): Example => ({
        title: `12 months and one second, under ${profile}`,
        profile,
        make: (kit) => ofRoot(kit, "2026-11-01T00:00:01Z", "2025-11-01T00:00:00Z"),
      })),
      {
        title: "12 months and one second, on the last day of the older text",
        make: (kit) => ofRoot(kit, "2024-03-14T00:00:00Z", "2023-03-13T23:59:59Z"),
      },
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
      ...(["smime-br", "cs-br"] as const).map((profile): Example => ({
        title: `12 months, under ${profile}`,
        profile,
        make: (kit) => ofRoot(kit, "2026-11-01T00:00:00Z", "2025-11-01T00:00:00Z"),
      })),
      {
        title: "13 months, on the day before the Baseline Requirements took effect",
        make: (kit) => ofRoot(kit, "2012-06-30T23:59:59Z", "2011-05-30T00:00:00Z"),
      },
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

/** Returns an empty CRL of a root and the one before it, with these issue times. */
function ofRoot(kit: Kit, thisUpdate: string, before: string): CrlCase {
  const ca = kit.caWith({ parent: "self", key: "p256", notBefore: "2010-01-01T00:00:00Z" });
  const nextUpdate = `${Number(thisUpdate.slice(0, 4)) + 1}-01-01T00:00:00Z`;
  const previous = kit.earlierCrl({ ca, entries: [], thisUpdate: before, nextUpdate: thisUpdate });
  return kit.crl({ ca, entries: [], thisUpdate, nextUpdate, previous });
}
