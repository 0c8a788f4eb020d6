import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/only-some-reasons-recommended-against",
  title: "CRL is partitioned by reason",
  looksAt: ["issuingDistributionPoint"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "warning",
      quote: "This profile RECOMMENDS against segmenting CRLs by reason code.",
    },
    {
      source: "tls-br",
      section: "7.2.2.1",
      severity: "warning",
      from: "2024-03-15",
      quote: "The `onlySomeReasons` field SHOULD NOT be included",
    },
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "warning",
      quote: "Common and PIV-I prohibit the use of indirect CRLs or CRLs that do not cover all reason codes.",
    },
  ],
  create(ctx) {
    const { onlySomeReasons: some, path } = ctx.issuingDistributionPoint;
    if (some === undefined) return;
    // idp/only-some-reasons-empty reports an onlySomeReasons without any reason.
    if (some.reasons !== undefined && ![...some.reasons].some((bit) => bit > 0)) return;
    ctx.report({ at: some, path: `${path}.onlySomeReasons` });
  },
  why: "Before it accepts a certificate, a client also needs the CRLs for all other reasons. Few clients combine them.",
  fix: "leave onlySomeReasons [3] out and list revocations for every reason",
  examples: () => ({
    bad: [
      {
        title: "keyCompromise and cACompromise",
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [1, 2] } }),
      },
    ],
    good: [
      {
        title: "all reasons",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "no onlySomeReasons",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
