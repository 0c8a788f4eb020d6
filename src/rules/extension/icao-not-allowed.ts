import { extensionLabel, Oid } from "../../extension/oids.ts";
import { icaoNotUsed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

const notAllowed: ReadonlySet<string> = new Set([Oid.deltaCrlIndicator, Oid.issuingDistributionPoint, Oid.freshestCrl]);

export default defineRule({
  id: "extension/icao-not-allowed",
  title: "CRL has an extension that Doc 9303 excludes from CRLs of travel documents",
  looksAt: ["crlExtensions"],
  requirements: [icaoNotUsed],
  create(ctx) {
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if (oid === undefined || !notAllowed.has(oid) || seen.has(oid)) continue;
      seen.add(oid);
      ctx.report({ at: extension, path, message: `${extensionLabel(oid)} must not be in a CRL of a CSCA` });
    }
  },
  why: "A country signing CA publishes one full CRL for all its certificates. Inspection systems need not process partitioned and delta CRLs.",
  fix: "issue one full CRL without deltaCRLIndicator, issuingDistributionPoint and freshestCRL",
  examples: () => ({
    bad: [
      {
        title: "issuingDistributionPoint",
        make: (kit) => kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "freshestCRL",
        make: (kit) => kit.crl({ entries: [], extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] }),
      },
    ],
    good: [{ title: "only authorityKeyIdentifier and cRLNumber", make: (kit) => kit.crl({ entries: [] }) }],
  }),
});
