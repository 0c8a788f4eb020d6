import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/reasons-or-crl-issuer",
  title: "freshestCRL has reasons or cRLIssuer",
  looksAt: [extension(Oid.freshestCrl)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.6",
      severity: "error",
      quote: "The reasons and cRLIssuer fields MUST be omitted from this CRL extension.",
    },
  ],
  create(ctx) {
    for (const { reasons, crlIssuer, path } of ctx.crl.freshestCrl?.list ?? []) {
      if (reasons !== undefined) {
        ctx.report({ at: reasons, path: `${path}.reasons`, message: "freshestCRL has reasons" });
      }
      if (crlIssuer !== undefined) {
        ctx.report({ at: crlIssuer, path: `${path}.cRLIssuer`, message: "freshestCRL has cRLIssuer" });
      }
    }
  },
  why: "A delta CRL has the issuer and the scope of its complete CRL. With one of these fields, clients look for a delta CRL that does not match.",
  fix: "leave distributionPoint as the only field of each DistributionPoint",
  examples: () => ({
    bad: [
      {
        title: "cRLIssuer",
        make: (kit) => {
          const { der } = kit;
          const name = der.explicit(0, der.explicit(0, kit.extension.uri("http://crl.example.com/delta.crl")));
          const issuer = der.explicit(2, der.explicit(4, kit.ca.subject.der()));
          const value = der.seq(der.seq(name, issuer));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.freshestCrl, value)] });
        },
      },
      {
        title: "reasons",
        make: (kit) => {
          const { der } = kit;
          const name = der.explicit(0, der.explicit(0, kit.extension.uri("http://crl.example.com/delta.crl")));
          const reasons = der.context(1, der.namedBits(1, 2).subarray(2));
          const value = der.seq(der.seq(name, reasons));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.freshestCrl, value)] });
        },
      },
    ],
    good: [
      {
        title: "only distributionPoint",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  }),
});
