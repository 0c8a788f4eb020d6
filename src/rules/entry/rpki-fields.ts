import type { Kit, KitCa } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/rpki-fields",
  title: "entry of an RPKI CRL has extensions",
  looksAt: ["entries: withExtensions"],
  requirements: [
    { source: "rpki", section: "5", severity: "error", quote: "CRL entry extensions MUST NOT be present in a CRL" },
  ],
  create(ctx) {
    const tally = ctx.tally({ what: "with crlEntryExtensions" });
    return {
      entry(entry) {
        if (entry.hasExtensions) tally.add(entry);
      },
    };
  },
  why: "An entry of an RPKI CRL is a serial and a date. Relying parties drop a CRL that does not follow the profile, and with it everything that the CA publishes.",
  fix: "leave crlEntryExtensions out, the reasonCode too",
  examples: () => ({
    bad: [
      {
        title: "reasonCode",
        make: (kit) => kit.crl({ ca: rpkiCa(kit), entries: [{ reason: 1 }, {}] }),
      },
    ],
    good: [
      {
        title: "serial and date only",
        make: (kit) => kit.crl({ ca: rpkiCa(kit), entries: [{}, {}] }),
      },
    ],
  }),
});

/** A CA with a name as RFC 6487 4.4 wants it. */
function rpkiCa(kit: Kit): KitCa {
  return kit.caWith({ subject: kit.name([["CN", "EXAMPLE-RPKI-CA", "printable"]]) });
}
