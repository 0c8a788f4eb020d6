import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/full-and-partitioned",
  title: "CCADB record discloses a full CRL and partitioned ones",
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
    // An array that cannot be read is a rule of its own.
    if (!isFull || (record.partitioned.urls ?? []).length === 0) return;
    ctx.report({
      ...nowhere,
      notes: [`the record: ${record.place}`],
    });
  },
  why: "The array is meant for CAs without a full CRL. With both, a program takes one and leaves the other, and nobody says which.",
  fix: "disclose the full CRL where there is one, and the array of partitioned ones only where there is none",
  examples: () => ({
    bad: [
      {
        title: "both",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({ full: "http://crl.example.com/0.crl", partitioned: ["http://crl.example.com/1.crl"] }),
            },
          }),
      },
      {
        title: "where no document demands it",
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
        title: "a full CRL alone",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/0.crl" }) } }),
      },
    ],
  }),
});
