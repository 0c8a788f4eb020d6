import { inherited, issuerAttributes, issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid } from "../../name/attribute-limits.ts";
import { valueSpan } from "../../name/attributes.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "issuer/country-missing",
  title: "CRL issuer has no countryName",
  looksAt: ["issuer"],
  // The text of the document was not available, so this is never more than a warning.
  requirements: [{ source: "icao", section: "7.1.4", severity: "notice" }],
  create(ctx) {
    const from = inherited(ctx);
    const all = [...issuerAttributes(ctx)];
    const first = all.find(({ attribute }) => attribute.oid === AttributeOid.countryName);
    if (first === undefined) {
      if (ctx.issuer.rdns.length > 0) ctx.report({ at: ctx.issuer, path: issuerPath, ...from });
      return;
    }
    const { text } = first.attribute;
    if (text === undefined || text === text.toUpperCase()) return;
    // The list of checks of the ICAO PKD does not require capital letters.
    const message = `countryName is "${escapeText(text)}", not "${escapeText(text.toUpperCase())}"`;
    ctx.report({ at: valueSpan(first.attribute), path: `${first.path}.value`, message, ...from, atMost: "notice" });
  },
  why: "Inspection systems sort the CRLs of travel documents by the issuing state, which they read from countryName.",
  fix: "set countryName to the two capital letters of the state in ISO 3166-1, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "no countryName",
        make: (kit) => kit.crl({ issuer: "O=Example Ministry, CN=Example CSCA", issuerCertificate: null }),
      },
      {
        title: "countryName in lower case",
        make: (kit) => kit.crl({ issuer: "C=at, O=Example Ministry, CN=Example CSCA", issuerCertificate: null }),
      },
    ],
    good: [{ title: "C=AT", make: (kit) => kit.crl() }],
  }),
});
