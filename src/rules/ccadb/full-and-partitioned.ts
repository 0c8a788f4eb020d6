import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/full-and-partitioned",
  title: "CCADB record discloses both a full CRL and partitioned CRLs",
  looksAt: ["disclosure"],
  requirements: [
    {
      source: "ccadb",
      document: "ccadb-fields",
      section: "Pertaining to Certificates Issued by this CA",
      severity: "notice",
    },
    { source: "hygiene", section: "", severity: "notice" },
  ],
  create(ctx) {
    const { record } = ctx.disclosure;
    const isFull = record.full.some(({ text }) => text !== "");
    // ccadb/array-malformed reports an array that cannot be read.
    if (!isFull || (record.partitioned.urls ?? []).length === 0) return;
    ctx.report({
      ...nowhere,
      notes: [`record: ${record.place}`],
    });
  },
  why: "The array is meant for CAs without a full CRL. If both are disclosed, a CRL aggregator uses only one of them, and no document states which one.",
  fix: "disclose the full CRL if there is one, and the array of partitioned CRLs only if there is none",
  examples: () => ({
    bad: [
      {
        title: "a full CRL and an array",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({ full: "http://crl.example.com/0.crl", partitioned: ["http://crl.example.com/1.crl"] }),
            },
          }),
      },
      {
        title: "a full CRL and an array, under RFC 5280 alone",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({ full: "http://crl.example.com/0.crl", partitioned: ["http://crl.example.com/1.crl"] }),
            },
          }),
        profile: "rfc5280",
      },
    ],
    good: [
      {
        title: "only a full CRL",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/0.crl" }) } }),
      },
    ],
  }),
});
