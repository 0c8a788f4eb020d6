import { valuePath } from "../../crl/crl.ts";
import { isoTime } from "../../der/time.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/inconsistent",
  title: "expiredCertsOnCRL is later than in the previous CRL",
  looksAt: ["predecessor", extension(Oid.expiredCertsOnCrl)],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { predecessor, crl } = ctx;
    const date = crl.expiredCertsOnCrl;
    const before = predecessor.crl.expiredCertsOnCrl;
    if (date?.seconds === undefined || before?.seconds === undefined || date.seconds <= before.seconds) return;
    ctx.report({
      at: date,
      path: valuePath(crl, Oid.expiredCertsOnCrl),
      message: `expiredCertsOnCRL ${isoTime(date.seconds)} is later than ${isoTime(before.seconds)} in the previous CRL`,
      related: placeIn(predecessor, before, valuePath(predecessor.crl, Oid.expiredCertsOnCrl)),
    });
  },
  why: "The CRL keeps entries of certificates that expired on or after this date. A later date withdraws this statement for certificates that expired before it.",
  fix: "keep the expiredCertsOnCRL date of the previous CRL",
  examples: () => ({
    bad: [
      {
        title: "one second later",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.expiredCertsOnCrl("2025-01-01T00:00:01Z")],
            previous: kit.earlierCrl({ extra: [kit.extension.expiredCertsOnCrl("2025-01-01T00:00:00Z")] }),
          }),
      },
    ],
    good: [
      {
        title: "the same date",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.expiredCertsOnCrl("2025-01-01T00:00:00Z")],
            previous: kit.earlierCrl({ extra: [kit.extension.expiredCertsOnCrl("2025-01-01T00:00:00Z")] }),
          }),
      },
      {
        title: "an earlier date",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.expiredCertsOnCrl("2024-12-31T23:59:59Z")],
            previous: kit.earlierCrl({ extra: [kit.extension.expiredCertsOnCrl("2025-01-01T00:00:00Z")] }),
          }),
      },
    ],
  }),
});
