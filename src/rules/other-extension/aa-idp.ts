import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const aAissuingDistributionPoint = "2.5.29.63";

export default defineRule({
  id: "other-extension/aa-idp",
  title: "CRL of public key certificates has aAissuingDistributionPoint",
  looksAt: [extension(aAissuingDistributionPoint)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "x509", section: "17.2.2", severity: "warning" }],
  create(ctx) {
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "The extension is for revocation lists of attribute certificates. In this CRL, clients either ignore it or reject the CRL.",
  fix: "use issuingDistributionPoint (2.5.29.28) to state what the CRL covers",
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
