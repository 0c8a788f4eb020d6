import { hasExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/critical",
  title: "expiredCertsOnCRL is critical",
  needs: ["crlExtensions"],
  requirements: [
    // Not read in the text; what X.509 says of it follows from RFC 5280 as well.
    { source: "x509", section: "8.5.2.12 (2005)", severity: "warning" },
    {
      source: "rfc5280",
      section: "5.2",
      severity: "error",
      quote:
        "If a CRL contains a critical extension that the application cannot process, then the application MUST NOT use that CRL",
    },
  ],
  when: ({ crl }) => hasExtension(crl, Oid.expiredCertsOnCrl),
  create(ctx) {
    const extension = findExtension(ctx.crl, Oid.expiredCertsOnCrl);
    // Under RFC 6487 extension/rpki-not-allowed speaks of every other extension.
    if (extension?.critical === true && !ctx.sources.has("rpki")) ctx.report({ at: extension, path: extension.path });
  },
  why: "The extension only adds to what a CRL says. Marked critical, it makes every client that does not know it drop the CRL.",
  fix: "mark expiredCertsOnCRL non-critical",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) =>
          kit.crl({ extra: [{ ...kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"), critical: true }] }),
      },
      {
        title: "critical TRUE, by RFC 5280 alone",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({ extra: [{ ...kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"), critical: true }] }),
      },
    ],
    good: [
      {
        title: "critical left out",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")] }),
      },
    ],
  },
});
