import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/time-fraction",
  title: "time has a fraction of a second",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.5.2",
      severity: "error",
      quote: "GeneralizedTime values MUST NOT include fractional seconds.",
    },
  ],
  why: "Clients that parse the fixed form YYYYMMDDHHMMSSZ reject the CRL, or read a different time than the CA intended.",
  fix: "remove the fraction: YYYYMMDDHHMMSSZ",
  examples: () => ({
    bad: [
      {
        title: "trailing zero in expiredCertsOnCRL, which DER forbids",
        make: (kit) => {
          const value = kit.der.generalizedTime("20250326083856.640Z");
          return kit.crl({ extra: [kit.extension.extension(kit.oids.expiredCertsOnCrl, value)] });
        },
      },
      {
        title: "half a second in nextUpdate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notAfter: "2060-01-01T00:00:00Z" }),
            thisUpdate: "2049-12-30T00:00:00Z",
            nextUpdate: kit.der.generalizedTime("20500101000000.5Z"),
          }),
      },
      {
        title: "milliseconds in invalidityDate",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  kit.extension.extension(kit.oids.invalidityDate, kit.der.generalizedTime("20260501000000.123Z")),
                ],
              },
            ],
          }),
      },
    ],
    good: [
      {
        title: "whole second in invalidityDate",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }] }),
      },
      {
        title: "milliseconds in expiredCertsOnCRL, which X.509 allows in this form",
        make: (kit) => {
          const value = kit.der.generalizedTime("20250326083856.642Z");
          return kit.crl({ extra: [kit.extension.extension(kit.oids.expiredCertsOnCrl, value)] });
        },
      },
    ],
  }),
});
