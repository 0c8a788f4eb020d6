import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/in-delta",
  title: "delta CRL has a freshestCRL",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.6",
      severity: "error",
      quote: "This extension MUST NOT appear in delta CRLs.",
    },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.freshestCrl),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.freshestCrl);
    if (extension !== undefined && ctx.isDelta) ctx.report({ at: extension, path: extension.path });
  },
  why: "freshestCRL leads from a full CRL to its delta; a delta of a delta does not exist, and a client may follow it in a circle.",
  fix: "leave freshestCRL out of delta CRLs",
  examples: {
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
  },
});
