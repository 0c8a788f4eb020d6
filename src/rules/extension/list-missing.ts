import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "extension/list-missing",
  title: "CRL has no crlExtensions",
  looksAt: ["tbsCertList"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2, 5.2",
      severity: "error",
      quote:
        "Conforming CRL issuers are REQUIRED to include the authority key identifier (Section 5.2.1) and the CRL number (Section 5.2.3) extensions",
    },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: 'See the "CRL Extensions" table for additional requirements.',
    },
  ],
  create(ctx) {
    const { crlExtensions, unread, version } = ctx.crl;
    if (crlExtensions !== undefined || unread.has("crlExtensions")) return;
    // structure/version-not-v2 reports a v1 CRL, which cannot have extensions.
    const isV1 = version === undefined || version.value === 0;
    if (isV1 && ctx.entries.withExtensions === 0) return;
    const end = ctx.tbsCertList.contentEnd;
    ctx.report({ at: { start: end, end }, path: "tbsCertList" });
  },
  why: "Without authorityKeyIdentifier, clients must try each key of the CA. Without cRLNumber, they cannot determine which of two CRLs is newer.",
  fix: "add crlExtensions [0] with authorityKeyIdentifier and cRLNumber",
  examples: () => ({
    bad: [
      { title: "v2 CRL without [0]", make: (kit) => kit.crl({ crlExtensions: null }) },
      {
        title: "v1 CRL with an entry that has extensions",
        make: (kit) => kit.crl({ version: null, crlExtensions: null, entries: [{ reason: 1 }] }),
        also: ["structure/version-missing"],
      },
    ],
    good: [
      { title: "crlExtensions with authorityKeyIdentifier and cRLNumber", make: (kit) => kit.crl() },
      {
        title: "v1 CRL",
        make: (kit) => kit.crl({ version: null, crlExtensions: null, entries: [{}] }),
        also: ["structure/version-not-v2"],
      },
    ],
  }),
});
