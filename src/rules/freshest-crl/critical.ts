import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "freshest-crl/critical",
  title: "freshestCRL is critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.6",
      severity: "error",
      quote: "Conforming CRL issuers MUST mark this extension as non-critical.",
    },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.freshestCrl),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.freshestCrl);
    if (extension?.critical === true) ctx.report({ at: extension, path: extension.path });
  },
  why: "Clients without support for delta CRLs must drop the full CRL, which they could have used as it is.",
  fix: "mark freshestCRL non-critical",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) =>
          kit.crl({ extra: [{ ...kit.extension.freshestCrl("http://crl.example.com/delta.crl"), critical: true }] }),
      },
    ],
    good: [
      {
        title: "critical left out",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
  },
});
