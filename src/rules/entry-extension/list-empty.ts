import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/list-empty",
  title: "crlEntryExtensions is there but empty",
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
        // 30 00: a list that cannot be read is empty to the reader too, but not here.
        if (entry.hasExtensions && entry.end - entry.dateEnd === 2) tally.add(entry);
      },
    };
  },
  why: "The type has at least one Extension; parsers that check it refuse the CRL.",
  fix: "leave crlEntryExtensions out of an entry that has no extension",
  examples: () => ({
    bad: [
      {
        title: "empty SEQUENCE behind revocationDate",
        make: (kit) => kit.crl({ entries: [{ extensions: kit.der.seq() }, { reason: 1 }] }),
      },
    ],
    good: [{ title: "no crlEntryExtensions", make: (kit) => kit.crl({ entries: [{}, { reason: 1 }] }) }],
  }),
});
