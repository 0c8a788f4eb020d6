import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/multiple-contains-flags",
  title: "issuingDistributionPoint asserts both onlyContainsUserCerts and onlyContainsCACerts",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "at most one of onlyContainsUserCerts, onlyContainsCACerts,",
    },
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "error",
      from: "2024-03-15",
      quote: "The CA MUST NOT assert both of the `onlyContainsUserCerts` and `onlyContainsCACerts` fields.",
    },
  ],
  create(ctx) {
    // onlyContainsAttributeCerts beside another flag must go in any case: idp/attribute-certs speaks.
    const { onlyContainsUserCerts: user, onlyContainsCaCerts: ca, path } = ctx.issuingDistributionPoint;
    if (user?.value !== true || ca?.value !== true) return;
    ctx.report({
      at: ca,
      path: `${path}.onlyContainsCACerts`,
      message: "onlyContainsCACerts is TRUE beside onlyContainsUserCerts TRUE",
      related: [{ at: user, path: `${path}.onlyContainsUserCerts`, artefact: ctx.artefact }],
    });
  },
  why: "No certificate is both: a client that takes the flags at their word finds that the CRL covers nothing.",
  fix: "assert the one flag that is true of all certificates in scope, or none",
  examples: () => ({
    bad: [
      {
        title: "[1] and [2] TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, onlyCa: true } }),
      },
    ],
    good: [
      {
        title: "[1] TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
