import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/url-missing",
  title: "CCADB record does not disclose a CRL URL",
  looksAt: ["disclosure"],
  requirements: [
    { source: "ccadb", section: "6.2", severity: "warning" },
    { source: "hygiene", section: "", severity: "notice" },
  ],
  create(ctx) {
    const { record } = ctx.disclosure;
    if ([...record.full, record.partitioned].some(({ urls }) => urls === undefined || urls.length > 0)) return;
    if (!record.isInUse(ctx.crl.thisUpdate?.seconds)) return;
    ctx.report({
      ...nowhere,
      message: "the CCADB record of the CA does not disclose a CRL URL",
      notes: [`record: ${record.place}`, "a CA that has never issued a certificate need not disclose a URL"],
    });
  },
  why: "Browsers get revocations from CRL aggregators, which collect the CRLs disclosed in the CCADB. They have no CRL for a CA without a URL.",
  fix: "disclose the URL of the full CRL, or the URLs of all partitioned CRLs, within 7 days of the first certificate",
  examples: () => ({
    bad: [
      { title: "both fields empty", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({}) } }) },
      { title: "an empty array", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: "[]" }) } }) },
      {
        title: "both fields empty, under RFC 5280 alone",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({}) } }),
        profile: "rfc5280",
      },
    ],
    good: [
      {
        title: "the URL of a full CRL",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) } }),
      },
    ],
  }),
});
