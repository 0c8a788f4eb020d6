import { extensionLabel } from "../../extension/oids.ts";
import { isEntryExtension } from "../../checks/entry-extensions.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/unknown-critical",
  title: "entry has a critical extension that clients cannot process",
  looksAt: ["revokedCertificates", "uncommon entry extensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3",
      severity: "error",
      quote:
        "If a CRL contains a critical CRL entry extension that the application cannot process, then the application MUST NOT use that CRL",
    },
  ],
  create(ctx) {
    // Other rules report a critical reasonCode, invalidityDate or holdInstructionCode.
    const unknown = [...ctx.entries.extensions].filter(([oid, { critical }]) => critical > 0 && !isEntryExtension(oid));
    if (unknown.length === 0) return undefined;
    const labels = unknown.slice(0, 5).map(([oid]) => extensionLabel(oid));
    const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : "";
    const tally = ctx.tally({
      what: `with a critical extension that clients cannot process: ${labels.join(", ")}${more}`,
    });
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        if (entry.extensions().some(({ oid, critical }) => oid !== undefined && critical && !isEntryExtension(oid)))
          tally.add(entry);
      },
    };
  },
  why: "One such entry makes the whole CRL unusable by RFC 5280. OpenSSL 3.0 and Node 20 then reject every certificate. Java 17 rejects the listed one, and GnuTLS 3.7 ignores the extension. certificateIssuer is the only critical entry extension in the profile.",
  fix: "mark the extension non-critical, or leave it out",
  examples: () => ({
    bad: [
      {
        title: "private extension, critical",
        make: (kit) =>
          kit.crl({
            entries: [{ reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true)] }],
          }),
      },
      {
        title: "authorityKeyIdentifier in an entry, critical",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  { ...kit.extension.authorityKeyIdentifier(kit.der.raw("0102030405060708")), critical: true },
                ],
              },
            ],
          }),
      },
      {
        title: "private extension, critical, in one of four entries",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true)] },
              { reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.2", kit.der.nul())] },
              { reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] },
              { reason: 1 },
            ],
          }),
      },
      {
        title: "6 private extensions, critical",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.2", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.3", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.4", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.5", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.6", kit.der.nul(), true),
                ],
              },
            ],
          }),
      },
      {
        title: "5 private extensions, critical",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [
                  kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.2", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.3", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.4", kit.der.nul(), true),
                  kit.extension.extension("1.3.6.1.4.1.99999.5", kit.der.nul(), true),
                ],
              },
            ],
          }),
      },
    ],
    good: [
      {
        title: "private extension, not critical",
        make: (kit) =>
          kit.crl({
            entries: [{ reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul())] }],
          }),
      },
      {
        title: "certificateIssuer in an indirect CRL",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
            entries: [{ reason: 4, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
    ],
  }),
});
