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
      message: `expiredCertsOnCRL ${isoTime(date.seconds)} is later than in the previous CRL, ${isoTime(before.seconds)}`,
      related: placeIn(predecessor, before, valuePath(predecessor.crl, Oid.expiredCertsOnCrl)),
    });
  },
  why: "The date says since when expired certificates stay on the CRL. Moved on, it withdraws what was said of those that expired before.",
  fix: "leave expiredCertsOnCRL at the date that it had",
  examples: () => ({
    bad: [
      {
        title: "a second later",
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
