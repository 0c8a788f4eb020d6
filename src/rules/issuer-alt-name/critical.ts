import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer-alt-name/critical",
  title: "issuerAltName is critical",
  needs: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.2",
      severity: "warning",
      quote: "Conforming CRL issuers SHOULD mark the issuerAltName extension as non-critical.",
    },
    // Not read in the text: from the PKD's checks.
    { source: "icao", section: "7.1.4", severity: "warning" },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.issuerAltName),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.issuerAltName);
    if (extension?.critical === true) ctx.report({ at: extension, path: extension.path });
  },
  why: "Clients that do not process the extension must drop the CRL, for names that they do not need.",
  fix: "mark issuerAltName non-critical",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) => {
          const names = kit.der.seq(kit.extension.uri("http://ca.example.com/"));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names, true)] });
        },
      },
    ],
    good: [
      {
        title: "critical left out",
        make: (kit) => {
          const names = kit.der.seq(kit.extension.uri("http://ca.example.com/"));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names)] });
        },
      },
    ],
  },
});
