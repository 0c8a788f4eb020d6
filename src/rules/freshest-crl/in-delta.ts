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
  why: "freshestCRL leads from a complete CRL to its delta CRL. A delta CRL has no delta CRL of its own, and a client may follow the extension in a loop.",
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
        title: "freshestCRL in a complete CRL",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  }),
});
