import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/utc-time-form",
  title: "UTCTime is not YYMMDDHHMMSSZ",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.5.1",
      severity: "error",
      quote: "MUST include seconds (i.e., times are YYMMDDHHMMSSZ), even where the number of seconds is zero",
    },
  ],
  why: "Many clients cannot read a time in another form, and do not use the CRL.",
  fix: "write the time in UTC as YYMMDDHHMMSSZ; 2050 and later need a GeneralizedTime, because YY from 50 to 99 means 1950 to 1999",
  examples: () => ({
    bad: [
      {
        title: "year with four digits",
        make: (kit) => kit.crl({ nextUpdate: kit.der.utcTime("20261107235959Z") }),
      },
      {
        title: "revocationDate with a letter in it",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.utcTime("2606O1120000Z") }] }),
      },
    ],
    good: [
      {
        title: "31 December 2049",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-25T00:00:00Z",
            nextUpdate: kit.der.utcTime("491231235959Z"),
          }),
      },
    ],
  }),
});
