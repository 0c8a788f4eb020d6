import { issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer/empty",
  title: "CRL issuer is empty",
  looksAt: ["issuer"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.3",
      severity: "error",
      quote: "The issuer field MUST contain a non-empty X.500 distinguished name (DN).",
    },
  ],
  create(ctx) {
    if (ctx.issuer.rdns.length === 0 && !ctx.issuer.broken) ctx.report({ at: ctx.issuer, path: issuerPath });
  },
  why: "The issuer identifies the CA whose certificates the CRL revokes. Without a name it revokes no certificates.",
  fix: "copy the CA certificate's subject TLV into tbsCertList.issuer",
  examples: () => ({
    bad: [{ title: "empty SEQUENCE", make: (kit) => kit.crl({ issuer: "", issuerCertificate: null }) }],
    good: [{ title: "the CA's subject", make: (kit) => kit.crl() }],
  }),
});
