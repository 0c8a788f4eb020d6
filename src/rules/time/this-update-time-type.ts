import { isUtcTimeYear } from "../../checks/calendar.ts";
import { defineRule } from "../../rule/rule.ts";

/** 1950-01-01T00:00:00Z in seconds since 1970: the earliest time that a UTCTime can represent (RFC 5280 4.1.2.5.1). */
const firstUtcTime = -631_152_000;

export default defineRule({
  id: "time/this-update-time-type",
  title: "thisUpdate is a GeneralizedTime before 2050",
  looksAt: ["thisUpdate"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.4",
      severity: "error",
      quote:
        "CRL issuers conforming to this profile MUST encode thisUpdate as UTCTime for dates through the year 2049.",
    },
  ],
  create(ctx) {
    const { thisUpdate } = ctx;
    if (thisUpdate.type !== "GeneralizedTime" || !isUtcTimeYear(thisUpdate.seconds)) return;
    const isTooEarly = thisUpdate.seconds < firstUtcTime;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${thisUpdate.text} is a GeneralizedTime; through 2049 it must be a UTCTime${isTooEarly ? ", which cannot represent a time before 1950" : ""}`,
      ...(isTooEarly && { help: "set thisUpdate to the time of issue" }),
    });
  },
  why: "RFC 5280 allows exactly one encoding for each time. Clients need not accept the other one.",
  fix: "write thisUpdate as a UTCTime, YYMMDDHHMMSSZ; GeneralizedTime is for 2050 and later",
  examples: () => ({
    bad: [
      {
        title: "GeneralizedTime in 2026",
        make: (kit) => kit.crl({ thisUpdate: kit.der.generalizedTime("20261101000000Z") }),
      },
      {
        title: "GeneralizedTime in the last second of 2049",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: kit.der.generalizedTime("20491231235959Z"),
            nextUpdate: "2050-01-07T00:00:00Z",
          }),
      },
      {
        title: "year 1, which software writes for a time that was never set",
        also: ["time/this-update-before-ca-not-before", "time/validity-very-long"],
        make: (kit) => kit.crl({ thisUpdate: kit.der.generalizedTime("00010101000000Z"), entries: [] }),
      },
      {
        title: "GeneralizedTime in the first second of 1950",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "1950-01-01T00:00:00Z" }),
            thisUpdate: kit.der.generalizedTime("19500101000000Z"),
            nextUpdate: "1950-01-07T00:00:00Z",
            entries: [],
          }),
      },
    ],
    good: [
      {
        title: "GeneralizedTime in the first second of 2050",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: kit.der.generalizedTime("20500101000000Z"),
            nextUpdate: "2050-01-07T00:00:00Z",
          }),
      },
    ],
  }),
});
