import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/empty-sequence",
  title: "issuingDistributionPoint is an empty SEQUENCE",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote:
        "MUST NOT issue CRLs where the DER encoding of the issuing distribution point extension is an empty sequence",
    },
  ],
  create(ctx) {
    const idp = ctx.issuingDistributionPoint;
    if (contentLength(idp) === 0) ctx.report({ at: idp, path: `${idp.path}.extnValue` });
  },
  why: "The extension is critical but contains no information. Clients that cannot process it reject the CRL, and other clients gain nothing.",
  fix: "leave the extension out, or state in it what the CRL covers",
  examples: () => ({
    bad: [{ title: "empty SEQUENCE, 30 00", make: (kit) => kit.crl({ idp: { value: kit.der.seq() } }) }],
    good: [{ title: "no issuingDistributionPoint", make: (kit) => kit.crl() }],
  }),
});
