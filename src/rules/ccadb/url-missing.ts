import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/url-missing",
  title: "CCADB record discloses no URL of a CRL",
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
      message: "the CCADB record of the CA discloses no URL of a CRL",
      notes: [`the record: ${record.place}`, "a CA that has never issued a certificate need not disclose one"],
    });
  },
  why: "Browsers get revocations from programs that gather the CRLs disclosed in the CCADB. Of a CA without a URL they know none.",
  fix: "disclose the URL of the full CRL, or all of the partitioned ones, within seven days of the first certificate",
  examples: () => ({
    bad: [
      { title: "both fields empty", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({}) } }) },
      { title: "an empty array", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: "[]" }) } }) },
      {
        title: "where no document demands it",
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
