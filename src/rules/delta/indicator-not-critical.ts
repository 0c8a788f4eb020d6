import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/indicator-not-critical",
  title: "deltaCRLIndicator is not critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4",
      severity: "error",
      quote: "the delta CRL MUST include a critical delta CRL indicator extension",
    },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.deltaCrlIndicator),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.deltaCrlIndicator);
    if (extension?.critical === false) ctx.report({ at: extension, path: extension.path });
  },
  why: "A client that does not know the extension takes the delta for the full CRL: every certificate that was revoked before looks good.",
  fix: "mark deltaCRLIndicator critical",
  examples: {
    bad: [
      {
        title: "critical left out",
        make: (kit) => kit.crl({ extra: [{ ...kit.extension.deltaCrlIndicator(4700), critical: false }] }),
      },
    ],
    good: [{ title: "critical TRUE", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }) }],
  },
});
