import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const aAissuingDistributionPoint = "2.5.29.63";

export default defineRule({
  id: "other-extension/aa-idp",
  title: "aAissuingDistributionPoint in a CRL of public-key certificates",
  looksAt: [extension(aAissuingDistributionPoint)],
  // Not read in the text.
  requirements: [{ source: "x509", section: "17.2.2.x", severity: "warning" }],
  create(ctx) {
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "The extension belongs to revocation lists for attribute certificates; here clients either pass over it or drop the CRL.",
  fix: "use issuingDistributionPoint (2.5.29.28) to say what the CRL covers",
  examples: () => ({
    bad: [
      {
        title: "aAissuingDistributionPoint",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.63", kit.der.seq(), true)] }),
      },
    ],
    good: [
      {
        title: "issuingDistributionPoint",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
