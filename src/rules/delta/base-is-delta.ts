import { valuePath } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/base-is-delta",
  title: "base CRL given is itself a delta CRL",
  looksAt: ["base", "deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote: "A conforming CRL issuer MUST publish the referenced base CRL as a complete CRL.",
    },
  ],
  create(ctx) {
    const { base, deltaCrlIndicator, crl } = ctx;
    if (base.whyNotCombinable !== "is a delta CRL itself") return;
    ctx.report({
      at: deltaCrlIndicator,
      path: valuePath(crl, Oid.deltaCrlIndicator),
      related: placeIn(base, base.crl.deltaCrlIndicator, valuePath(base.crl, Oid.deltaCrlIndicator)),
    });
  },
  why: "A delta CRL updates a complete CRL. It cannot update another delta CRL: entries that the other one omits are missing from both.",
  fix: "give the complete CRL that BaseCRLNumber identifies, or publish it",
  examples: () => ({
    bad: [
      {
        title: "a delta CRL as the base",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4710)],
            base: kit.earlierCrl({ extra: [kit.extension.deltaCrlIndicator(4700)] }),
          }),
      },
    ],
    good: [
      {
        title: "a complete CRL as the base",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
    ],
  }),
});
