import { isUtcTimeYear } from "../../checks/calendar.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/revocation-date-time-type",
  title: "revocationDate is a GeneralizedTime before 2050",
  looksAt: ["entries: wrongTimeTypes"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.6",
      severity: "error",
      quote: "The time for revocationDate MUST be expressed as described in Section 5.1.2.4.",
    },
  ],
  create(ctx) {
    const tally = ctx.tally({
      what: "with a revocationDate that is a GeneralizedTime; through 2049 it must be a UTCTime",
    });
    return {
      entry(entry) {
        if (entry.generalized && isUtcTimeYear(entry.date)) tally.add(entry);
      },
    };
  },
  why: "RFC 5280 allows exactly one encoding for each time. Clients need not accept the other one.",
  fix: "write revocationDate as a UTCTime, YYMMDDHHMMSSZ; GeneralizedTime is for 2050 and later",
  examples: () => ({
    bad: [
      {
        title: "GeneralizedTime in 2026",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.generalizedTime("20260601120000Z") }, {}] }),
      },
    ],
    good: [
      { title: "UTCTime in 2026", make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("260601120000Z") }] }) },
      {
        title: "GeneralizedTime in the first second of 2050",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2050-01-01T00:00:00Z",
            nextUpdate: "2050-01-07T00:00:00Z",
            entries: [{ date: kit.der.generalizedTime("20500101000000Z") }],
          }),
      },
    ],
  }),
});
