import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-not-after-this-update",
  title: "nextUpdate is not later than thisUpdate",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    if (nextUpdate.seconds > thisUpdate.seconds) return;
    const year = new Date(nextUpdate.seconds * 1000).getUTCFullYear();
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is not later than thisUpdate ${isoTime(thisUpdate.seconds)}`,
      // RFC 5280 4.1.2.5.1: YY of 50 or greater is 19YY.
      ...(nextUpdate.type === "UTCTime" &&
        year < 2000 && {
          help: `write nextUpdate as a GeneralizedTime if ${year + 100} was intended: in a UTCTime, YY from 50 to 99 means 1950 to 1999`,
        }),
    });
  },
  why: "At any time, such a CRL is either not valid yet or expired. OpenSSL 3.0, Node 20 and Java 17 with hard fail reject it. GnuTLS 3.7 in TLS mode, NSS 3.87 and strongSwan 5.9 still use it.",
  fix: "set nextUpdate to a time later than thisUpdate",
  examples: () => ({
    bad: [
      {
        title: "same second",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-01T00:00:00Z" }),
      },
      {
        title: "2050 written as a UTCTime, which means 1950",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-30T00:00:00Z",
            nextUpdate: kit.der.utcTime("500105000000Z"),
          }),
      },
      { title: "first second of 2000", make: (kit) => kit.crl({ nextUpdate: "2000-01-01T00:00:00Z" }) },
      {
        title: "GeneralizedTime of 1999",
        make: (kit) => kit.crl({ nextUpdate: kit.der.generalizedTime("19991231235959Z") }),
        also: ["time/next-update-time-type"],
      },
    ],
    good: [
      {
        title: "one hour later",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-01T01:00:00Z" }),
      },
    ],
  }),
});
