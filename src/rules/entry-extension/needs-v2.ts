import { defineRule } from "../../lint/rule.ts";

export default defineRule({
  id: "entry-extension/needs-v2",
  title: "crlEntryExtensions in a version 1 CRL",
  needs: ["revokedCertificates"],
  requirements: [
    { source: "rfc5280", section: "5.1", severity: "error", quote: "-- if present, version MUST be v2" },
  ],
  why: "A version 1 CRL has no extensions: parsers that know the difference refuse the entry, or the CRL.",
  fix: "add version with the value 1 (v2)",
  examples: {
    bad: [
      {
        title: "v1 CRL with a reasonCode",
        also: ["structure/version-not-v2"],
        make: (kit) => kit.crl({ version: null, crlExtensions: null, entries: [{ reason: 1 }, {}] }),
      },
    ],
    good: [
      { title: "v2 CRL with a reasonCode", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
    ],
  },
  create(ctx) {
    const { crl, entries } = ctx;
    if (entries.withExtensions === 0 || crl.unread.has("version")) return;
    const isV1 = crl.version === undefined || crl.version.value === 0;
    if (!isV1) return;
    const tally = ctx.tally({ what: `with crlEntryExtensions in a CRL whose version is ${crl.version === undefined ? "absent" : "0"} (v1)` });
    return {
      entry(entry) {
        if (entry.hasExtensions) tally.add(entry);
      },
    };
  },
});
