import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/gsma-not-allowed",
  title: "delta CRL in a GSMA PKI",
  looksAt: [extension(Oid.deltaCrlIndicator)],
  // Not read in the text.
  requirements: [{ source: "gsma", section: "4.6.1", severity: "warning" }],
  create(ctx) {
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "eUICCs and LPAs take full CRLs; one with a critical deltaCRLIndicator is refused.",
  fix: "issue a full CRL",
  examples: () => ({
    bad: [{ title: "delta CRL", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4700)] }) }],
    good: [{ title: "full CRL", make: (kit) => kit.crl() }],
  }),
});
