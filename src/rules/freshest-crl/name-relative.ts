import { contentLength } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/name-relative",
  title: "freshestCRL uses nameRelativeToCRLIssuer",
  looksAt: [extension(Oid.freshestCrl)],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13 via 5.2.6",
      severity: "warning",
      quote: "SHOULD NOT use nameRelativeToCRLIssuer to specify distribution point names",
    },
  ],
  create(ctx) {
    for (const { distributionPoint, path } of ctx.crl.freshestCrl?.list ?? []) {
      const relative = distributionPoint?.nameRelativeToCrlIssuer;
      // Another rule reports an empty one.
      if (relative === undefined || contentLength(relative) === 0) continue;
      ctx.report({ at: relative, path: `${path}.distributionPoint.nameRelativeToCRLIssuer` });
    }
  },
  why: "Few clients assemble such a name, and it leads to no server. The others find no delta CRL.",
  fix: "use fullName with the URI at which the delta CRL is published",
  examples: () => ({
    bad: [
      {
        title: "nameRelativeToCRLIssuer with a commonName",
        make: (kit) => {
          const { der } = kit;
          const relative = der.explicit(1, der.seq(der.oid("2.5.4.3"), der.utf8("delta")));
          const value = der.seq(der.seq(der.explicit(0, relative)));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.freshestCrl, value)] });
        },
      },
    ],
    good: [
      {
        title: "fullName",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  }),
});
