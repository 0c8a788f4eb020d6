import { isoTime } from "../../der/time.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/this-update-before-base",
  title: "thisUpdate of the delta CRL is earlier than that of its base CRL",
  looksAt: ["base", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { base, thisUpdate } = ctx;
    const other = base.crl.thisUpdate;
    if (base.whyNotCombinable !== "has the later thisUpdate" || other?.seconds === undefined) return;
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is earlier than that of the base CRL, ${isoTime(other.seconds)}`,
      related: placeIn(base, other, "tbsCertList.thisUpdate"),
    });
  },
  why: "A delta CRL contains the changes since its base CRL was issued. An earlier delta CRL cannot contain them.",
  fix: "issue a new delta CRL, or give the base CRL that BaseCRLNumber identifies",
  examples: () => ({
    bad: [
      {
        title: "one second earlier than the base CRL",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:01Z" }),
          }),
      },
    ],
    good: [
      {
        title: "one second later than the base CRL",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ thisUpdate: "2026-10-31T23:59:59Z" }),
          }),
      },
    ],
  }),
});
