import { rpkiNoEntryExtensions } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/rpki-fields",
  title: "entry of an RPKI CRL has extensions",
  looksAt: ["entries: withExtensions"],
  requirements: [rpkiNoEntryExtensions],
  create(ctx) {
    const tally = ctx.tally({ what: "with crlEntryExtensions" });
    return {
      entry(entry) {
        if (entry.hasExtensions) tally.add(entry);
      },
    };
  },
  why: "An entry of an RPKI CRL has only a serial and a date. Relying parties reject a CRL that does not follow the profile, and with it everything that the CA publishes.",
  fix: "leave out crlEntryExtensions, including reasonCode",
  examples: () => ({
    bad: [
      {
        title: "reasonCode",
        make: (kit) => kit.crl({ ca: kit.rpkiCa, entries: [{ reason: 1 }, {}] }),
      },
    ],
    good: [
      {
        title: "only serial and date",
        make: (kit) => kit.crl({ ca: kit.rpkiCa, entries: [{}, {}] }),
      },
    ],
  }),
});
