import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/next-update-missing",
  title: "CRL has no nextUpdate",
  looksAt: ["tbsCertList"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.5",
      severity: "error",
      quote: "Conforming CRL issuers MUST include the nextUpdate field in all CRLs.",
    },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "Indicates the date by which the next CRL will be issued.",
    },
    {
      source: "etsi",
      section: "6.3.9 CSS-6.3.9-06",
      severity: "error",
      quote:
        "every CRL shall state a time for next scheduled CRL issue, unless it is the last CRL issued for those certificates",
    },
  ],
  create(ctx) {
    const { crl } = ctx;
    if (crl.nextUpdate !== undefined || crl.unread.has("nextUpdate")) return;
    ctx.report({
      at: crl.thisUpdate ?? ctx.tbsCertList,
      path: "tbsCertList",
      message: "tbsCertList has no nextUpdate",
    });
  },
  why: "Without nextUpdate, a client cannot distinguish a current CRL from one that is years old. The field is OPTIONAL in ASN.1, but not in the profiles.",
  fix: "add nextUpdate, the time by which the next CRL will be available; in the last CRL of a scope it is 99991231235959Z",
  examples: () => ({
    bad: [
      { title: "CRL without nextUpdate", make: (kit) => kit.crl({ nextUpdate: null }) },
      {
        title: "last CRL without nextUpdate",
        profile: "etsi",
        make: (kit) => kit.crl({ nextUpdate: null, entries: [] }),
      },
    ],
    good: [
      { title: "CRL with nextUpdate", make: (kit) => kit.crl() },
      {
        title: "last CRL with nextUpdate 99991231235959Z",
        profile: "etsi",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "9999-12-31T23:59:59Z" }),
      },
    ],
  }),
});
