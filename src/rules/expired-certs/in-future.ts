import { valuePath } from "../../crl/crl.ts";
import { isoTime } from "../../der/time.ts";
import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/in-future",
  title: "expiredCertsOnCRL is later than thisUpdate",
  looksAt: ["thisUpdate", extension(Oid.expiredCertsOnCrl)],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const date = ctx.crl.expiredCertsOnCrl;
    if (date?.seconds === undefined || date.seconds <= ctx.thisUpdate.seconds) return;
    ctx.report({
      at: date,
      path: valuePath(ctx.crl, Oid.expiredCertsOnCrl),
      message: `expiredCertsOnCRL ${isoTime(date.seconds)} is later than thisUpdate ${isoTime(ctx.thisUpdate.seconds)}`,
    });
  },
  why: "The CRL keeps entries of certificates that expired on or after this date. A future date means that no expired certificate stays listed.",
  fix: "set expiredCertsOnCRL to the time when retention began: the notBefore of the CA certificate, or later",
  examples: () => ({
    bad: [
      {
        title: "one second after thisUpdate",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2026-11-01T00:00:01Z")] }),
      },
    ],
    good: [
      {
        title: "at thisUpdate",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2026-11-01T00:00:00Z")] }),
      },
    ],
  }),
});
