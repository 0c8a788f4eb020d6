import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/gsma-not-allowed",
  title: "CRL in a GSMA PKI is a delta CRL",
  needs: ["crlExtensions"],
  // Not verified in the text of the specification.
  requirements: [{ source: "gsma", section: "4.6.1", severity: "warning" }],
  when: ({ crl }) => hasExtension(crl, Oid.deltaCrlIndicator),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.deltaCrlIndicator);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path });
  },
  why: "eUICCs and LPAs use complete CRLs. They reject a CRL with a critical deltaCRLIndicator.",
  fix: "issue a complete CRL",
  examples: {
    bad: [{ title: "delta CRL", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }) }],
    good: [{ title: "complete CRL", make: (kit) => kit.crl() }],
  },
});
