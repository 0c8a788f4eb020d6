import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/indirect-crl",
  title: "CRL is an indirect CRL",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "CAs MUST NOT issue indirect CRLs",
    },
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "warning",
      quote: "Common and PIV-I prohibit the use of indirect CRLs or CRLs that do not cover all reason codes.",
    },
  ],
  create(ctx) {
    // certificate-issuer/without-indirect reports entries with a certificateIssuer in a CRL without the flag.
    const { indirectCrl, path } = ctx.issuingDistributionPoint;
    if (indirectCrl?.value !== true) return;
    ctx.report({ at: indirectCrl, path: `${path}.indirectCRL`, message: "indirectCRL is TRUE; it must be FALSE" });
  },
  why: "Most clients of the Web PKI do not support indirect CRLs. They reject the CRL, or apply its entries to certificates of the wrong CA.",
  fix: "leave indirectCRL [4] out, and issue each CRL from the CA that issued the certificates",
  examples: () => ({
    bad: [
      {
        title: "indirectCRL TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, indirect: true } }),
      },
    ],
    good: [
      {
        title: "direct CRL",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
