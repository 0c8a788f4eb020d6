import { extensionLabel } from "../../extension/oids.ts";
import { defineRule, type EntryTally } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/duplicate",
  title: "entry has the same extension twice",
  looksAt: ["entries: repeatedExtensions"],
  // The sentence speaks of certificates; the type Extensions is the same, and no reader can tell which of two counts.
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
            const notes = [`in the first of them it is ${extensionLabel(oid)}`];
            tally ??= ctx.tally({ what: "with the same extension more than once", notes });
            tally.add(entry);
            return;
          }
          seen.add(oid);
        }
      },
    };
  },
  why: "Clients take the first, the last, or refuse the whole CRL: two reasonCodes mean different things to different clients.",
  fix: "keep one instance of the extension",
  examples: () => ({
    bad: [
      {
        title: "two reasonCodes",
        make: (kit) => kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.reasonCode(4)] }] }),
      },
      {
        title: "two reasonCodes, beside entries with one",
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
