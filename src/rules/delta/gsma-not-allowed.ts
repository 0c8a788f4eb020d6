import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/gsma-not-allowed",
  title: "delta CRL in a GSMA PKI",
  needs: ["crlExtensions"],
  // Not read in the text.
  requirements: [{ source: "gsma", section: "4.6.1", severity: "warning" }],
  when: ({ crl }) => hasExtension(crl, Oid.deltaCrlIndicator),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.deltaCrlIndicator);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path });
  },
  why: "eUICCs and LPAs take full CRLs; one with a critical deltaCRLIndicator is refused.",
  fix: "issue a full CRL",
  examples: {
    bad: [{ title: "delta CRL", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }) }],
    good: [{ title: "full CRL", make: (kit) => kit.crl() }],
  },
});
