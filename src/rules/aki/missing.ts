import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/missing",
  title: "CRL has no authorityKeyIdentifier",
  looksAt: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.1",
      severity: "error",
      quote: "MUST use the key identifier method, and MUST include this extension in all CRLs issued",
    },
    { source: "tls-br", section: "7.2.2", severity: "error", from: "2024-03-15" },
    {
      source: "rpki",
      section: "5, 4.8.3",
      severity: "error",
      quote: "An RPKI CA MUST include the two extensions, Authority Key Identifier and CRL Number, in every CRL",
    },
    {
      source: "opcua",
      section: "6.2.5",
      severity: "error",
      quote: "All CRLs shall have the extension defined in Table",
    },
  ],
  create(ctx) {
    if (ctx.crlExtensions.list.some(({ oid }) => oid === Oid.authorityKeyIdentifier)) return;
    ctx.report({ at: ctx.crlExtensions, path: "tbsCertList.crlExtensions" });
  },
  why: "A CA may have several keys under one name. Without the identifier, clients must try all of them, or they select the wrong certificate and reject the CRL.",
  fix: "add authorityKeyIdentifier (2.5.29.35), non-critical, with keyIdentifier set to the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      { title: "only a cRLNumber", make: (kit) => kit.crl({ aki: null }) },
      { title: "only a cRLNumber, under the TLS BR", profile: "tls-br", make: (kit) => kit.crl({ aki: null }) },
    ],
    good: [{ title: "the CA's subjectKeyIdentifier as keyIdentifier", make: (kit) => kit.crl() }],
  }),
});
