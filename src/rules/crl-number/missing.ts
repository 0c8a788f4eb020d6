import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "crl-number/missing",
  title: "CRL has no cRLNumber",
  looksAt: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "MUST include this extension in all CRLs and MUST mark this extension as non-critical",
    },
    {
      source: "tls-br",
      section: "7.2.2",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST contain an INTEGER greater than or equal to zero (0) and less than 2¹⁵⁹",
    },
    {
      source: "rpki",
      section: "5",
      severity: "error",
      to: "2025-07-31",
      quote:
        "An RPKI CA MUST include the two extensions, Authority Key Identifier and CRL Number, in every CRL that it issues.",
    },
    { source: "rpki", document: "rfc9829", section: "3.1", severity: "error" },
  ],
  create(ctx) {
    if (ctx.crlExtensions.list.some(({ oid }) => oid === Oid.crlNumber)) return;
    ctx.report({ at: ctx.crlExtensions, path: "tbsCertList.crlExtensions" });
  },
  why: "Software uses the number to determine which of two CRLs replaces the other. Without it, monitoring cannot detect that a CRL was lost or rolled back.",
  fix: "add cRLNumber (2.5.29.20), non-critical, and increase it with every CRL of the same issuer and scope",
  examples: () => ({
    bad: [{ title: "CRL without cRLNumber", make: (kit) => kit.crl({ crlNumber: null }) }],
    good: [{ title: "cRLNumber 0", make: (kit) => kit.crl({ crlNumber: 0 }) }],
  }),
});
