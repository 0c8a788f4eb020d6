import { extensionLabel } from "../../extension/oids.ts";
import { defineRule, type EntryTally } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/duplicate",
  title: "entry has the same extension more than once",
  looksAt: ["entries: repeatedExtensions"],
  // The sentence is about certificates, but CRL entries use the same type Extensions.
  requirements: [
    {
      source: "rfc5280",
      section: "4.2",
      severity: "error",
      quote: "A certificate MUST NOT include more than one instance of a particular extension.",
    },
  ],
  create(ctx) {
    let tally: EntryTally | undefined;
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        const seen = new Set<string>();
        for (const { oid } of entry.extensions()) {
          if (oid === undefined) continue;
          if (seen.has(oid)) {
            const notes = [`the first of these entries repeats ${extensionLabel(oid)}`];
            tally ??= ctx.tally({ what: "with the same extension more than once", notes });
            tally.add(entry);
            return;
          }
          seen.add(oid);
        }
      },
    };
  },
  why: "Clients use the first instance or the last, or reject the whole CRL. Two reasonCodes therefore have different meanings for different clients.",
  fix: "keep one instance of the extension",
  examples: () => ({
    bad: [
      {
        title: "two reasonCodes",
        make: (kit) => kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.reasonCode(4)] }] }),
      },
      {
        title: "two reasonCodes in one of three entries",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [kit.extension.reasonCode(4)] },
              { reason: 1 },
              { reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] },
            ],
          }),
      },
    ],
    good: [
      {
        title: "reasonCode and invalidityDate",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }] }),
      },
    ],
  }),
});
