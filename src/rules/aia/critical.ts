import { hasExtension } from "../../checks/common-shape.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aia/critical",
  title: "authorityInfoAccess is critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.7",
      severity: "error",
      quote: "This CRL extension MUST be marked as non-critical.",
    },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.authorityInfoAccess),
  create(ctx) {
    for (const extension of ctx.crlExtensions.list) {
      if (extension.oid !== Oid.authorityInfoAccess || !extension.critical) continue;
      ctx.report({ at: extension, path: `${extension.path}.critical` });
    }
  },
  why: "Most clients do not know the extension in CRLs, and must reject the CRL once it is critical.",
  fix: "leave out critical (its DEFAULT is FALSE) in authorityInfoAccess",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access, true)] });
        },
      },
    ],
    good: [
      {
        title: "critical left out",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
  },
});
