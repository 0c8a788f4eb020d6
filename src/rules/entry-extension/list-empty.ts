import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/list-empty",
  title: "crlEntryExtensions is empty",
  looksAt: ["entries: emptyExtensionLists"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1, 5.1",
      severity: "error",
      quote: "Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension",
    },
  ],
  create(ctx) {
    const tally = ctx.tally({ what: "with an empty crlEntryExtensions" });
    return {
      entry(entry) {
        // Only 30 00 counts: the reader also returns an empty list if it cannot read one.
        if (entry.hasExtensions && entry.end - entry.dateEnd === 2) tally.add(entry);
      },
    };
  },
  why: "The type requires at least one Extension. Parsers that check this reject the CRL.",
  fix: "leave crlEntryExtensions out of an entry without extensions",
  examples: () => ({
    bad: [
      {
        title: "empty SEQUENCE after revocationDate",
        make: (kit) => kit.crl({ entries: [{ extensions: kit.der.seq() }, { reason: 1 }] }),
      },
    ],
    good: [{ title: "no crlEntryExtensions", make: (kit) => kit.crl({ entries: [{}, { reason: 1 }] }) }],
  }),
});
