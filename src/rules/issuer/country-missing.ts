import { inherited, issuerAttributes, issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import { AttributeOid } from "../../name/attribute-limits.ts";
import { valueSpan } from "../../name/attributes.ts";
import { escapeText } from "../../name/escape.ts";

/** Requirement on the names in certificates, which the issuer of a CRL repeats. */
const present: Requirement = {
  source: "icao",
  section: "7.1.1.1.1",
  severity: "warning",
  quote: "countryName. MUST be present.",
};

const upperCase: Requirement = {
  source: "icao",
  section: "7.1.4, table 9",
  severity: "error",
  quote: "countryName MUST be Upper Case",
};

export default defineRule({
  id: "issuer/country-missing",
  title: "CRL issuer has no countryName",
  looksAt: ["issuer"],
  requirements: [present, upperCase],
  create(ctx) {
    const from = inherited(ctx);
    const violating = (requirement: Requirement) => ({
      violates: ctx.requirements.filter((each) => each === requirement),
    });
    const all = [...issuerAttributes(ctx)];
    const first = all.find(({ attribute }) => attribute.oid === AttributeOid.countryName);
    if (first === undefined) {
      if (ctx.issuer.rdns.length > 0) ctx.report({ at: ctx.issuer, path: issuerPath, ...violating(present), ...from });
      return;
    }
    const { text } = first.attribute;
    if (text === undefined || text === text.toUpperCase()) return;
    const message = `countryName is "${escapeText(text)}", not "${escapeText(text.toUpperCase())}"`;
    const at = valueSpan(first.attribute);
    ctx.report({ at, path: `${first.path}.value`, message, ...violating(upperCase), ...from });
  },
  why: "Inspection systems sort the CRLs of travel documents by the issuing state, which they read from countryName.",
  fix: "set countryName to the two capital letters of the state in ISO 3166-1, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "no countryName",
        make: (kit) => kit.crl({ issuer: "O=Example Ministry, CN=Example CSCA", issuerCertificate: null, entries: [] }),
      },
      {
        title: "countryName in lower case",
        make: (kit) =>
          kit.crl({ issuer: "C=at, O=Example Ministry, CN=Example CSCA", issuerCertificate: null, entries: [] }),
      },
    ],
    good: [{ title: "C=AT", make: (kit) => kit.crl({ entries: [] }) }],
  }),
});
