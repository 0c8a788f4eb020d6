import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/critical",
  title: "authorityKeyIdentifier is critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.1",
      severity: "error",
      quote: "Conforming CAs MUST mark this extension as non-critical.",
    },
  ],
  create(ctx) {
    for (const extension of ctx.crlExtensions.list) {
      if (extension.oid !== Oid.authorityKeyIdentifier || !extension.critical) continue;
      ctx.report({ at: extension, path: `${extension.path}.critical` });
    }
  },
  why: "The extension only helps to find a key. A client that does not know it must reject the CRL once it is critical.",
  fix: "leave out critical (its DEFAULT is FALSE) in authorityKeyIdentifier",
  examples: {
    bad: [
      { title: "critical TRUE", make: (kit) => kit.crl({ critical: { [kit.oids.authorityKeyIdentifier]: true } }) },
    ],
    good: [{ title: "critical left out", make: (kit) => kit.crl() }],
  },
});
