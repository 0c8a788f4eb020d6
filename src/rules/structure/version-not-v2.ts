import { integerText } from "../../der/integer.ts";
import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/version-not-v2",
  title: "CRL is not of version 2",
  looksAt: ["tbsCertList"],
  requirements: [
    { source: "rfc5280", section: "5 and 5.1", severity: "error", quote: "the CRLs MUST be version 2 CRLs" },
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "Certificate Revocation Lists MUST be of type X.509 v2.",
    },
    {
      source: "rpki",
      section: "5",
      severity: "error",
      quote: "Each CA MUST issue a version 2 CRL that is consistent with [RFC5280].",
    },
    { source: "icao", section: "7.1.4", severity: "warning" },
  ],
  create(ctx) {
    const { crl, entries, tbsCertList } = ctx;
    const { version } = crl;
    const path = "tbsCertList.version";
    if (version !== undefined) {
      // One without contents octets is the business of der/integer-empty.
      if (version.value === 1 || contentLength(version) === 0) return;
      const value = integerText(ctx.bytes, version);
      const note = version.value === 2 ? ["2 is v3, a version of certificates; there is no v3 CRL"] : [];
      ctx.report({ at: version, path, message: `version is ${value}; v2 is encoded as 1`, notes: note });
      return;
    }
    if (crl.unread.has("version") || crl.unread.has("crlExtensions") || entries.broken) return;
    // With extensions it is the version that is missing: structure/version-missing.
    if (crl.crlExtensions !== undefined || entries.withExtensions > 0) return;
    ctx.report({
      at: { start: tbsCertList.content, end: tbsCertList.content },
      path,
      message: "this is a v1 CRL: it has no version and no extensions",
      help: "issue a v2 CRL: version INTEGER 1, and crlExtensions with authorityKeyIdentifier and cRLNumber",
    });
  },
  why: "A v1 CRL can hold no extensions, and no authorityKeyIdentifier or cRLNumber with them; a version above v2 does not exist, and parsers refuse it.",
  fix: "encode version as INTEGER 1, which means v2",
  examples: () => ({
    bad: [
      {
        title: "v1 CRL without extensions",
        make: (kit) => kit.crl({ version: null, crlExtensions: null, entries: [{}] }),
      },
      { title: "INTEGER 0", make: (kit) => kit.crl({ version: 0 }) },
      { title: "INTEGER 2: v3, as in certificates", make: (kit) => kit.crl({ version: 2 }) },
      { title: "INTEGER of seven octets", make: (kit) => kit.crl({ version: 1n << 50n }) },
    ],
    good: [
      { title: "INTEGER 1", make: (kit) => kit.crl({ version: 1 }) },
      {
        title: "a version that is empty, which is told as that",
        make: (kit) => kit.crl({ version: kit.der.tlv(0x02, new Uint8Array(0)) }),
        also: ["der/integer-empty"],
      },
    ],
  }),
});
