import { valuePath } from "../../crl/crl.ts";
import { contentLength } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/empty",
  title: "freshestCRL or a fullName in it is empty",
  looksAt: [extension(Oid.freshestCrl)],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote: "CRLDistributionPoints ::= SEQUENCE SIZE (1..MAX) OF DistributionPoint",
    },
  ],
  create(ctx) {
    const { freshestCrl } = ctx.crl;
    if (freshestCrl === undefined) return;
    if (contentLength(freshestCrl) === 0) {
      ctx.report({
        at: freshestCrl,
        path: valuePath(ctx.crl, Oid.freshestCrl),
        message: "freshestCRL is an empty SEQUENCE",
      });
    }
    for (const { distributionPoint, path } of freshestCrl.list) {
      const alternative = distributionPoint?.alternative;
      if (alternative === undefined || distributionPoint?.fullName === undefined) continue;
      if (contentLength(alternative) > 0) continue;
      ctx.report({ at: alternative, path: `${path}.distributionPoint.fullName`, message: "fullName has no names" });
    }
  },
  why: "The extension contains the location of the delta CRL. An empty one violates its ASN.1 type, and strict decoders reject the CRL.",
  fix: "add the URI of the delta CRL, or leave out freshestCRL",
  examples: () => ({
    bad: [
      { title: "an empty SEQUENCE", make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl()] }) },
      {
        title: "a distribution point whose fullName has no names",
        make: (kit) => {
          const { der } = kit;
          const point = der.seq(der.explicit(0, der.explicit(0)));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.freshestCrl, der.seq(point))] });
        },
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
