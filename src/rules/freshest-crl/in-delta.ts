import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/in-delta",
  title: "delta CRL has a freshestCRL",
  looksAt: [extension(Oid.freshestCrl)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.6",
      severity: "error",
      quote: "This extension MUST NOT appear in delta CRLs.",
    },
  ],
  create(ctx) {
    if (ctx.isDelta) ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "freshestCRL leads from a full CRL to its delta; a delta of a delta does not exist, and a client may follow it in a circle.",
  fix: "leave freshestCRL out of delta CRLs",
  examples: () => ({
    bad: [
      {
        title: "deltaCRLIndicator and freshestCRL",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.deltaCrlIndicator(4700),
              kit.extension.freshestCrl("http://crl.example.com/delta.crl"),
            ],
          }),
      },
    ],
    good: [
      {
        title: "freshestCRL of the full CRL",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  }),
});
