import { valuePath } from "../../crl/crl.ts";
import { integerText } from "../../der/integer.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/base-number-not-found",
  title: "BaseCRLNumber of the delta CRL is higher than cRLNumber of the base CRL given",
  looksAt: ["base", "deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4 (c)",
      severity: "error",
      quote:
        "The CRL number of the complete CRL is equal to or greater than the BaseCRLNumber specified in the delta CRL.",
    },
  ],
  create(ctx) {
    const { base, deltaCrlIndicator, bytes } = ctx;
    const number = base.crl.crlNumber;
    if (base.whyNotCombinable !== "is older than what the delta CRL starts from" || number === undefined) return;
    ctx.report({
      at: deltaCrlIndicator,
      path: valuePath(ctx.crl, Oid.deltaCrlIndicator),
      message: `BaseCRLNumber ${integerText(bytes, deltaCrlIndicator)} is higher than cRLNumber ${integerText(base.crl.source.bytes, number)} of the base CRL given`,
      related: placeIn(base, number, valuePath(base.crl, Oid.crlNumber)),
    });
  },
  why: "Neither CRL contains the changes between this base CRL and the one that BaseCRLNumber identifies. Clients must not combine them.",
  fix: "publish a complete CRL with the number BaseCRLNumber, or base the delta CRL on a complete CRL that was published",
  examples: () => ({
    bad: [
      {
        title: "BaseCRLNumber 4710, base CRL 4709",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ crlNumber: 4709 }),
          }),
      },
    ],
    good: [
      {
        title: "BaseCRLNumber 4710, base CRL 4710",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
      {
        title: "BaseCRLNumber 4709, base CRL 4710",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4709)], base: kit.earlierCrl() }),
      },
    ],
  }),
});
