import { extensionLabel } from "../../extension/oids.ts";
import { belongsElsewhere } from "../../checks/entry-extensions.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/belongs-to-crl",
  title: "entry has an extension that belongs in crlExtensions or in a certificate",
  looksAt: ["revokedCertificates", "uncommon entry extensions"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const facts = [...ctx.entries.extensions].filter(
      ([oid, { count, critical }]) => belongsElsewhere(oid) && critical < count,
    );
    if (facts.length === 0) return undefined;
    const misplaced = facts.map(([oid]) => extensionLabel(oid));
    const tally = ctx.tally({ what: `with an extension that does not belong in an entry: ${misplaced.join(", ")}` });
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        // entry-extension/unknown-critical reports a critical extension.
        const isMisplaced = entry
          .extensions()
          .some(({ oid, critical }) => oid !== undefined && !critical && belongsElsewhere(oid));
        if (isMisplaced) tally.add(entry);
      },
    };
  },
  why: "Clients look for such an extension in crlExtensions or in the certificate. They ignore it in an entry, so it has no effect.",
  fix: "move the extension to crlExtensions, or leave it out",
  examples: () => ({
    bad: [
      {
        title: "cRLNumber in an entry",
        make: (kit) => kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.crlNumber(1)] }] }),
      },
      {
        title: "authorityKeyIdentifier in an entry",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [kit.extension.authorityKeyIdentifier(kit.der.raw("0102030405060708"))] },
            ],
          }),
      },
      {
        title: "cRLNumber and keyUsage in one of three entries",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  kit.extension.crlNumber(1),
                  kit.extension.extension(kit.oids.keyUsage, kit.der.namedBits(6)),
                ],
              },
              { reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] },
              { reason: 1 },
            ],
          }),
      },
    ],
    good: [
      {
        title: "invalidityDate in an entry",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }] }),
      },
      {
        title: "critical cRLNumber in an entry, which entry-extension/unknown-critical reports",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [{ ...kit.extension.crlNumber(1), critical: true }] }] }),
        also: ["entry-extension/unknown-critical"],
      },
    ],
  }),
});
