import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { extensionLabel, Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "extension/belongs-to-certificate",
  title: "extension of certificates or of CRL entries among the CRL's own",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [
    { source: "hygiene", section: "", severity: "warning" },
    // The row "Any other extension" of the table: NOT RECOMMENDED.
    { source: "tls-br", section: "7.2.2", severity: "warning", from: "2024-03-15" },
  ],
  create(ctx) {
    // Under RFC 6487 extension/rpki-not-allowed speaks of every one.
    if (ctx.sources.has("rpki")) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      // A critical one is worse than misplaced: extension/unknown-critical speaks.
      if (oid === undefined || seen.has(oid) || isUnprocessable(extension)) continue;
      seen.add(oid);
      const home = extensionHome(oid);
      if (home !== "certificate" && home !== "entry") continue;
      const place = home === "entry" ? "CRL entries" : "certificates";
      ctx.report({
        at: extension,
        path,
        message: `${extensionLabel(oid)} is an extension of ${place}, not of CRLs`,
        ...(oid === Oid.crlDistributionPoints && {
          notes: ["the CRL extensions that name distribution points are 2.5.29.28 and 2.5.29.46"],
        }),
      });
    }
  },
  why: "No client looks for it there. Most often it is `cRLDistributionPoints` (2.5.29.31) where `issuingDistributionPoint` (2.5.29.28) or `freshestCRL` (2.5.29.46) was meant: the CRL then does not say what it covers.",
  fix: "take the extension out of crlExtensions, or put the one there that was meant",
  examples: () => ({
    bad: [
      {
        title: "cRLDistributionPoints as CRL extension",
        make: (kit) => kit.crl({ extra: [kit.extension.crlDistributionPoints("http://crl.example.com/1.crl")] }),
      },
      {
        title: "reasonCode of the whole CRL",
        make: (kit) => kit.crl({ extra: [kit.extension.reasonCode(1)] }),
      },
    ],
    good: [
      {
        title: "issuingDistributionPoint",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
