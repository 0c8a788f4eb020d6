import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/gsma-not-allowed",
  title: "CRL in a GSMA PKI is a delta CRL",
  looksAt: [extension(Oid.deltaCrlIndicator)],
  // The requirement was not checked against the text of the specification.
  requirements: [{ source: "gsma", section: "4.6.1", severity: "notice" }],
  create(ctx) {
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "eUICCs and LPAs use complete CRLs. They reject a CRL with a critical deltaCRLIndicator.",
  fix: "issue a complete CRL",
  examples: () => ({
    bad: [{ title: "delta CRL", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }) }],
    good: [{ title: "complete CRL", make: (kit) => kit.crl() }],
  }),
});
