import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/generalized-time-form",
  title: "GeneralizedTime is not YYYYMMDDHHMMSSZ",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.5.2",
      severity: "error",
      quote: "MUST include seconds (i.e., times are YYYYMMDDHHMMSSZ), even where the number of seconds is zero",
    },
  ],
  why: "Clients that cannot read a time in another form do not use the CRL.",
  fix: "write the time in UTC as YYYYMMDDHHMMSSZ",
  examples: () => ({
    bad: [
      {
        title: "ISO 8601 with a T",
        make: (kit) => kit.crl({ nextUpdate: kit.der.generalizedTime("20500101T000000Z") }),
      },
      {
        title: "revocationDate with a space",
        make: (kit) => kit.crl({ entries: [{ date: kit.der.generalizedTime("20500101 000000Z") }] }),
      },
    ],
    good: [
      {
        title: "1 January 2050",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-30T00:00:00Z",
            nextUpdate: kit.der.generalizedTime("20500101000000Z"),
          }),
      },
    ],
  }),
});
