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
  why: "freshestCRL leads from a complete CRL to its delta CRL. A delta CRL has no delta CRL of its own, and a client may follow the extension in a loop.",
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
        title: "freshestCRL in a complete CRL",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  },
});
