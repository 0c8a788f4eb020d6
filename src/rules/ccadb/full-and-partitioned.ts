import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/full-and-partitioned",
  title: "CCADB record discloses both a full CRL and partitioned CRLs",
  looksAt: ["disclosure"],
  requirements: [
    {
      source: "ccadb",
      document: "ccadb-2.0",
      section: "6.2",
      severity: "error",
      to: "2026-03-19",
      quote: "the JSON Array of Partitioned CRL URLs field MUST be empty.",
    },
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
    // CCADB Policy 6.2 applies to unexpired and unrevoked CA certificates.
    const isInUse = record.isInUse(ctx.crl.thisUpdate?.seconds);
    ctx.report({
      ...nowhere,
      violates: ctx.requirements.filter(({ document }) => isInUse || document !== "ccadb-2.0"),
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
        title: "a full CRL and an array, on the last day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2026-03-19T23:59:59Z",
            nextUpdate: "2026-03-25T23:59:58Z",
            entries: [],
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
