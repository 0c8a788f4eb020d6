import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "ccadb/array-malformed",
  title: "field of the CCADB record is not a JSON array of URLs",
  looksAt: ["disclosure"],
  requirements: [
    {
      source: "ccadb",
      section: "6.2",
      severity: "error",
      from: "2026-03-20",
      quote: "field as a properly formatted JSON array",
    },
    {
      source: "ccadb",
      document: "ccadb-2.0",
      section: "6.2",
      severity: "error",
      to: "2026-03-19",
      quote: "a JSON Array of Partitioned CRL URLs",
    },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { record } = ctx.disclosure;
    for (const field of [...record.full, record.partitioned]) {
      const { column, text, urls } = field;
      if (urls !== undefined) continue;
      ctx.report({
        ...nowhere,
        message: `"${column}" of the CCADB record is not a JSON array of URLs: ${escapeText(text)}`,
        notes: [`record: ${record.place}`],
        // CCADB Policy 2.0 has an array only for partitioned CRLs.
        violates: ctx.requirements.filter(({ document }) => document !== "ccadb-2.0" || field === record.partitioned),
      });
    }
  },
  why: "CRL aggregators parse the field as JSON. If that fails, they get none of the CRLs of the CA, and its revocations do not reach browsers.",
  fix: 'write the field as `["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"]`, with brackets and straight quotes',
  examples: () => ({
    bad: [
      {
        title: "without brackets",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({ partitioned: '"http://crl.example.com/1.crl","http://crl.example.com/2.crl"' }),
            },
          }),
      },
      {
        title: "typographic quotes",
        make: (kit) =>
          kit.crl({ options: { ccadb: kit.ccadb({ partitioned: "[\u{201c}http://crl.example.com/1.crl\u{201d}]" }) } }),
      },
      {
        title: "one URL without an array",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: '"http://crl.example.com/1.crl"' }) } }),
      },
      {
        title: "without brackets, on the first day of CCADB Policy 2.0",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2025-07-15T00:00:00Z",
            nextUpdate: "2025-07-21T23:59:59Z",
            entries: [],
            options: { ccadb: kit.ccadb({ partitioned: '"http://crl.example.com/1.crl"' }) },
          }),
      },
      {
        title: "without brackets, under RFC 5280 alone",
        make: (kit) =>
          kit.crl({
            options: {
              ccadb: kit.ccadb({ partitioned: '"http://crl.example.com/1.crl","http://crl.example.com/2.crl"' }),
            },
          }),
        profile: "rfc5280",
      },
    ],
    good: [
      {
        title: "an array of one URL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: { ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl"] }) },
          }),
      },
      {
        title: "a full CRL, and an array with one empty string",
        make: (kit) =>
          kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl", partitioned: [""] }) } }),
      },
    ],
  }),
});
