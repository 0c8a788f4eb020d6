import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/icao-not-allowed",
  title: "entry in the CRL of a CSCA has an extension other than reasonCode",
  looksAt: ["revokedCertificates", "uncommon entry extensions"],
  requirements: [{ source: "icao", section: "7.1.4", severity: "notice" }],
  create(ctx) {
    // reason/critical reports a critical reasonCode.
    if ([...ctx.entries.extensions.keys()].every((oid) => oid === Oid.reasonCode)) return undefined;
    const tally = ctx.tally({ what: "with extensions other than reasonCode" });
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        if (entry.extensions().some(({ oid }) => oid !== undefined && oid !== Oid.reasonCode)) tally.add(entry);
      },
    };
  },
  why: "Inspection systems expect entries with only a serial and a date. The ICAO Public Key Directory tolerates a non-critical reasonCode, and so does this rule.",
  fix: "leave out crlEntryExtensions",
  examples: () => ({
    bad: [
      {
        title: "invalidityDate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            entries: [{ extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }],
          }),
      },
    ],
    good: [
      { title: "only serial and date", make: (kit) => kit.crl({ entries: [{}] }) },
      { title: "reasonCode", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
    ],
  }),
});
