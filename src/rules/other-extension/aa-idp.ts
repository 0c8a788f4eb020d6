import { hasUncommonExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { defineRule } from "../../rule/rule.ts";

const aAissuingDistributionPoint = "2.5.29.63";

export default defineRule({
  id: "other-extension/aa-idp",
  title: "aAissuingDistributionPoint in a CRL of public-key certificates",
  needs: ["crlExtensions"],
  // Not read in the text.
  requirements: [{ source: "x509", section: "17.2.2.x", severity: "warning" }],
  when: ({ crl }) => hasUncommonExtension(crl),
  create(ctx) {
    const extension = findExtension(ctx.crl, aAissuingDistributionPoint);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path });
  },
  why: "The extension belongs to revocation lists for attribute certificates; here clients either pass over it or drop the CRL.",
  fix: "use issuingDistributionPoint (2.5.29.28) to say what the CRL covers",
  examples: {
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
  },
});
