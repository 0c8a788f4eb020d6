import { nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "ccadb/array-malformed",
  title: "field of the CCADB record is no JSON array of URLs",
  looksAt: ["disclosure"],
  requirements: [
    { source: "ccadb", section: "6.2", severity: "error" },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { record } = ctx.disclosure;
    for (const { column, text, urls } of [...record.full, record.partitioned]) {
      if (urls !== undefined) continue;
      ctx.report({
        ...nowhere,
        message: `"${column}" of the CCADB record is no JSON array of URLs: ${escapeText(text)}`,
        notes: [`the record: ${record.place}`],
      });
    }
  },
  why: "Programs that gather CRLs parse the field as JSON. Where that fails they have not one CRL of the CA, and its revocations reach no browser.",
  fix: 'write the field as ["http://crl.example.com/1.crl", "http://crl.example.com/2.crl"], with brackets and straight quotes',
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
        title: "one URL, no array",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ partitioned: '"http://crl.example.com/1.crl"' }) } }),
      },
      {
        title: "where no document demands it",
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
        title: "a full CRL, and an array with an empty text in place of none",
        make: (kit) =>
          kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl", partitioned: [""] }) } }),
      },
    ],
  }),
});
