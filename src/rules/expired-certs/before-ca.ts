import { isoTime } from "../../der/time.ts";
import { Oid } from "../../extension/oids.ts";
import { valuePath } from "../../crl/crl.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/before-ca",
  title: "expiredCertsOnCRL is earlier than the CA certificate's notBefore",
  looksAt: ["ca", extension(Oid.expiredCertsOnCrl)],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const date = ctx.crl.expiredCertsOnCrl;
    if (date?.seconds === undefined) return;
    // A renewed certificate does not show when the CA began to operate: the earliest certificate for the key decides.
    const certificates = [ctx.ca, ...ctx.ca.sameKey].map(({ certificate }) => certificate);
    const first = Math.min(...certificates.map(({ notBefore }) => notBefore.seconds ?? Number.NEGATIVE_INFINITY));
    if (date.seconds >= first || isOfAnotherKey(ctx)) return;
    ctx.report({
      at: date,
      path: valuePath(ctx.crl, Oid.expiredCertsOnCrl),
      message: `expiredCertsOnCRL ${isoTime(date.seconds)} is earlier than notBefore ${isoTime(first)} of the CA certificate`,
    });
  },
  why: "The CRL keeps entries of certificates that expired on or after this date. A date before the CA existed is harmless, but probably not intended.",
  fix: "set expiredCertsOnCRL to the notBefore of the CA's first certificate, or to the time when retention began",
  examples: () => ({
    bad: [
      {
        title: "one second before notBefore of the CA certificate",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2023-12-31T23:59:59Z")] }),
      },
    ],
    good: [
      {
        title: "at notBefore of the CA certificate",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")] }),
      },
    ],
  }),
});
