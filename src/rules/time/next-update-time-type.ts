import { isUtcTimeYear } from "../../checks/calendar.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-time-type",
  title: "nextUpdate is a GeneralizedTime before 2050",
  looksAt: ["nextUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.5",
      severity: "error",
      quote:
        "CRL issuers conforming to this profile MUST encode nextUpdate as UTCTime for dates through the year 2049.",
    },
  ],
  create(ctx) {
    const { nextUpdate } = ctx;
    if (nextUpdate.type !== "GeneralizedTime" || !isUtcTimeYear(nextUpdate.seconds)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${nextUpdate.text} is a GeneralizedTime; through 2049 it must be a UTCTime`,
    });
  },
  why: "RFC 5280 allows exactly one encoding for each time. Clients need not accept the other one.",
  fix: "write nextUpdate as a UTCTime, YYMMDDHHMMSSZ; GeneralizedTime is for 2050 and later",
  examples: () => ({
    bad: [
      {
        title: "GeneralizedTime in 2026",
        make: (kit) => kit.crl({ nextUpdate: kit.der.generalizedTime("20261107235959Z") }),
      },
      {
        title: "GeneralizedTime in the last second of 2049",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-25T00:00:00Z",
            nextUpdate: kit.der.generalizedTime("20491231235959Z"),
          }),
      },
    ],
    good: [
      {
        title: "GeneralizedTime in the first second of 2050",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-25T00:00:00Z",
            nextUpdate: kit.der.generalizedTime("20500101000000Z"),
          }),
      },
    ],
  }),
});
