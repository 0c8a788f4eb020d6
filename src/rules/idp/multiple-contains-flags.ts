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
    // idp/attribute-certs reports onlyContainsAttributeCerts, with or without another flag.
    const { onlyContainsUserCerts: user, onlyContainsCaCerts: ca, path } = ctx.issuingDistributionPoint;
    if (user?.value !== true || ca?.value !== true) return;
    ctx.report({
      at: ca,
      path: `${path}.onlyContainsCACerts`,
      message: "onlyContainsCACerts and onlyContainsUserCerts are both TRUE; only one of them may be",
      related: [{ at: user, path: `${path}.onlyContainsUserCerts`, artefact: ctx.artefact }],
    });
  },
  why: "No certificate is both a subscriber certificate and a CA certificate. A client that applies both flags finds that the CRL covers nothing.",
  fix: "assert the one flag that is true of all certificates in scope, or neither",
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
