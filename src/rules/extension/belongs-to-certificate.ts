import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { extensionLabel, Oid } from "../../extension/oids.ts";
import { anyOtherExtension, rpkiNoOtherExtension } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "extension/belongs-to-certificate",
  title: "crlExtensions contains an extension that belongs in certificates or in CRL entries",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }, anyOtherExtension],
  create(ctx) {
    // Under RFC 6487, extension/rpki-not-allowed reports every such extension.
    if (ctx.hasInForce([rpkiNoOtherExtension])) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      // extension/unknown-critical reports a critical extension.
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
          notes: ["the CRL extensions with distribution points are 2.5.29.28 and 2.5.29.46"],
        }),
      });
    }
  },
  why: "No client looks for the extension there. Usually it is `cRLDistributionPoints` (2.5.29.31) instead of `issuingDistributionPoint` (2.5.29.28) or `freshestCRL` (2.5.29.46). The CRL then does not state what it covers.",
  fix: "remove the extension from crlExtensions, or replace it with the intended one",
  examples: () => ({
    bad: [
      {
        title: "cRLDistributionPoints as a CRL extension",
        make: (kit) => kit.crl({ extra: [kit.extension.crlDistributionPoints("http://crl.example.com/1.crl")] }),
      },
      {
        title: "reasonCode as a CRL extension",
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
