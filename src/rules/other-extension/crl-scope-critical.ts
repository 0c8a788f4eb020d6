import { hasUncommonExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { defineRule } from "../../rule/rule.ts";

const crlScope = "2.5.29.44";

export default defineRule({
  id: "other-extension/crl-scope-critical",
  title: "crlScope is not critical",
  needs: ["crlExtensions"],
  // Not verified in the text of the document.
  requirements: [{ source: "x509", section: "8.5.2.5 (2005)", severity: "warning" }],
  when: ({ crl }) => hasUncommonExtension(crl),
  create(ctx) {
    const extension = findExtension(ctx.crl, crlScope);
    if (extension?.critical === false) ctx.report({ at: extension, path: extension.path });
  },
  why: "A client that ignores crlScope treats the CRL as one that covers every certificate of the CA.",
  fix: "mark crlScope critical, or leave it out, because clients of RFC 5280 do not know it",
  examples: {
    bad: [
      {
        title: "critical left out",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.44", kit.der.seq())] }),
      },
    ],
    good: [
      {
        title: "critical TRUE",
        also: ["extension/unknown-critical"],
        profile: "private",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.44", kit.der.seq(), true)] }),
      },
    ],
  },
});
