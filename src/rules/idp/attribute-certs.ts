import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/attribute-certs",
  title: "issuingDistributionPoint limits the CRL to attribute certificates",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "MUST set the onlyContainsAttributeCerts boolean to FALSE",
    },
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote: "fields MUST be set to FALSE (i.e., not asserted)",
    },
  ],
  create(ctx) {
    const { onlyContainsAttributeCerts: flag, path } = ctx.issuingDistributionPoint;
    if (flag?.value !== true) return;
    ctx.report({
      at: flag,
      path: `${path}.onlyContainsAttributeCerts`,
      message: "onlyContainsAttributeCerts is TRUE; it must be FALSE",
    });
  },
  why: "A client that checks a public key certificate must ignore such a CRL. None of its revocations takes effect.",
  fix: "leave onlyContainsAttributeCerts [5] out",
  examples: () => ({
    bad: [
      {
        title: "onlyContainsAttributeCerts TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], attr: true } }),
      },
    ],
    good: [
      {
        title: "onlyContainsUserCerts TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
