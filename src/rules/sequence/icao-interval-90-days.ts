import { isBeyond, limitOfDays, reportInterval } from "../../checks/interval.ts";
import { defineRule } from "../../rule/rule.ts";

const limit = limitOfDays(90, "warning");

export default defineRule({
  id: "sequence/icao-interval-90-days",
  title: "CSCA CRL was issued more than 90 days after the previous one",
  looksAt: ["predecessor", "thisUpdate"],
  requirements: [
    {
      source: "icao",
      section: "4.1.5",
      severity: "error",
      quote: "CSCAs MUST issue at least one CRL every 90 days, even if no certificates have been revoked",
    },
  ],
  create(ctx) {
    if (!ctx.isDelta && isBeyond(ctx, limit)) reportInterval(ctx, limit);
  },
  why: "Border control systems fetch CSCA CRLs on a fixed schedule. A CRL that is not issued in time counts as missing, and the passports of its state count as unchecked.",
  fix: "issue a CRL at least every 90 days, even if nothing was revoked",
  examples: () => ({
    bad: [
      {
        title: "90 days and one second",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-08-02T23:59:59Z",
              nextUpdate: "2026-11-06T00:00:00Z",
              entries: [],
            }),
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "90 days",
        make: (kit) =>
          kit.crl({
            previous: kit.earlierCrl({
              thisUpdate: "2026-08-03T00:00:00Z",
              nextUpdate: "2026-11-06T00:00:00Z",
              entries: [],
            }),
            entries: [],
          }),
      },
    ],
  }),
});
