import { isoTime } from "../../der/time.ts";
import { endOfTime } from "../../checks/calendar.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-after-ca-not-after",
  title: "nextUpdate lies behind the CA certificate's notAfter",
  looksAt: ["ca", "thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    // A last CRL (ETSI EN 319 411-1 CSS-6.3.9-06) outlives its CA on purpose.
    if (nextUpdate.seconds === endOfTime || isOfAnotherKey(ctx)) return;
    const notAfters = ctx.ca.sameKey.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN);
    const last = Math.max(...notAfters);
    // Behind the end altogether: time/this-update-after-ca-not-after.
    if (thisUpdate.seconds > last || !(nextUpdate.seconds > last)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} lies behind the CA certificate's notAfter ${isoTime(last)}`,
    });
  },
  why: "Clients do not accept the CRL once the CA certificate has expired, whatever nextUpdate says. It is allowed, and often meant; it can also be a sign that the CA's end has been overlooked.",
  fix: "make sure that the CA certificate is renewed in time, or end the CRL with it",
  examples: () => ({
    bad: [
      {
        title: "one second behind",
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-11-07T23:59:58Z" }) }),
      },
    ],
    good: [
      {
        title: "the same second",
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-11-07T23:59:59Z" }) }),
      },
      {
        title: "a renewed certificate of the CA lasts longer",
        make: (kit) => {
          const old = kit.caWith({ notAfter: "2026-11-07T23:59:58Z" });
          return kit.crl({ ca: old, issuerCertificate: [old.certificate, kit.ca.certificate] });
        },
      },
    ],
  }),
});
