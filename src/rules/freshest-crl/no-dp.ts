import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/no-dp",
  title: "DistributionPoint of freshestCRL has no distributionPoint",
  looksAt: [extension(Oid.freshestCrl)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.6, 4.2.1.13",
      severity: "error",
      quote: "only the distribution point field is meaningful in this context",
    },
  ],
  create(ctx) {
    for (const point of ctx.crl.freshestCrl?.list ?? []) {
      if (point.distributionPoint === undefined) ctx.report({ at: point, path: point.path });
    }
  },
  why: "Without distributionPoint, clients cannot find the delta CRL.",
  fix: "put the URI of the delta CRL into distributionPoint.fullName",
  examples: () => ({
    bad: [
      {
        title: "empty DistributionPoint",
        make: (kit) => kit.crl({ extra: [kit.extension.extension(kit.oids.freshestCrl, kit.der.seq(kit.der.seq()))] }),
      },
    ],
    good: [
      {
        title: "one URI",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  }),
});
