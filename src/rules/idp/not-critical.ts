import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/not-critical",
  title: "issuingDistributionPoint is not critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.5",
      severity: "error",
      quote: "The issuing distribution point is a critical CRL extension",
    },
  ],
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.issuingDistributionPoint);
    if (extension === undefined || extension.critical) return;
    ctx.report({ at: extension, path: extension.path });
  },
  why: "A client that does not know the extension takes the CRL for the full one: certificates that it does not cover look good.",
  fix: "mark issuingDistributionPoint critical",
  examples: {
    bad: [
      {
        title: "critical left out",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            critical: { [kit.oids.issuingDistributionPoint]: false },
          }),
      },
    ],
    good: [
      {
        title: "critical TRUE",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  },
});
