import { isoTime } from "../../der/time.ts";
import { endOfTime } from "../../checks/calendar.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-after-ca-not-after",
  title: "nextUpdate is later than the CA certificate's notAfter",
  looksAt: ["ca", "thisUpdate", "nextUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { thisUpdate, nextUpdate } = ctx;
    // ETSI EN 319 411-1 CSS-6.3.9-06: a last CRL deliberately remains valid after the end of its CA certificate.
    if (nextUpdate.seconds === endOfTime || isOfAnotherKey(ctx)) return;
    const notAfters = ctx.ca.compared.map(({ certificate }) => certificate.notAfter.seconds ?? Number.NaN);
    const last = Math.max(...notAfters);
    // time/this-update-after-ca-not-after reports a CRL that was issued after notAfter.
    if (thisUpdate.seconds > last || !(nextUpdate.seconds > last)) return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is later than the CA certificate's notAfter ${isoTime(last)}`,
    });
  },
  why: "Clients that check the path to its issuer do not use the CRL once the CA certificate has expired, whatever nextUpdate is. This is allowed and often intended, but it can also mean that the expiry of the CA was overlooked.",
  fix: "renew the CA certificate in time, or set nextUpdate no later than its notAfter",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-11-07T23:59:58Z" }) }),
      },
    ],
    good: [
      {
        title: "same second",
        make: (kit) => kit.crl({ ca: kit.caWith({ notAfter: "2026-11-07T23:59:59Z" }) }),
      },
      {
        title: "renewed CA certificate with a later notAfter",
        make: (kit) => {
          const old = kit.caWith({ notAfter: "2026-11-07T23:59:58Z" });
          return kit.crl({ ca: old, issuerCertificate: [old.certificate, kit.ca.certificate] });
        },
      },
    ],
  }),
});
