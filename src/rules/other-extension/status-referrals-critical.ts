import { hasUncommonExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { defineRule } from "../../rule/rule.ts";

const statusReferrals = "2.5.29.45";

export default defineRule({
  id: "other-extension/status-referrals-critical",
  title: "statusReferrals is not critical",
  needs: ["crlExtensions"],
  // Not verified in the text of the document.
  requirements: [{ source: "x509", section: "8.5.2.6", severity: "warning" }],
  when: ({ crl }) => hasUncommonExtension(crl),
  create(ctx) {
    const extension = findExtension(ctx.crl, statusReferrals);
    if (extension?.critical === false) ctx.report({ at: extension, path: extension.path });
  },
  why: "A CRL with statusReferrals lists no revocations; it states where they are. A client that ignores the extension accepts every certificate.",
  fix: "mark statusReferrals critical, or leave it out, because clients of RFC 5280 do not know it",
  examples: {
    bad: [
      {
        title: "critical left out",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.45", kit.der.seq())] }),
      },
    ],
    good: [
      {
        title: "critical TRUE",
        also: ["extension/unknown-critical"],
        profile: "private",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.45", kit.der.seq(), true)] }),
      },
    ],
  },
});
