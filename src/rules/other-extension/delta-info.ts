import { hasUncommonExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { defineRule } from "../../rule/rule.ts";

const deltaInfo = "2.5.29.53";

export default defineRule({
  id: "other-extension/delta-info",
  title: "deltaInfo is critical",
  needs: ["crlExtensions"],
  requirements: [
    // Not verified in the text of X.509; the same follows from RFC 5280 5.2.
    { source: "x509", section: "8.5.2.10", severity: "warning" },
    {
      source: "rfc5280",
      section: "5.2",
      severity: "error",
      quote:
        "If a CRL contains a critical extension that the application cannot process, then the application MUST NOT use that CRL",
    },
  ],
  when: ({ crl }) => hasUncommonExtension(crl),
  create(ctx) {
    const extension = findExtension(ctx.crl, deltaInfo);
    // Under RFC 6487, extension/rpki-not-allowed reports every other extension.
    if (extension?.critical === true && !ctx.sources.has("rpki")) ctx.report({ at: extension, path: extension.path });
  },
  why: "The extension only states when and where the next delta CRL is issued. If it is critical, every client that does not know it rejects the full CRL.",
  fix: "mark deltaInfo non-critical",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) => {
          const value = kit.der.seq(kit.extension.uri("http://crl.example.com/delta.crl"));
          return kit.crl({ extra: [kit.extension.extension("2.5.29.53", value, true)] });
        },
      },
    ],
    good: [
      {
        title: "critical left out",
        make: (kit) => {
          const value = kit.der.seq(kit.extension.uri("http://crl.example.com/delta.crl"));
          return kit.crl({ extra: [kit.extension.extension("2.5.29.53", value)] });
        },
      },
    ],
  },
});
