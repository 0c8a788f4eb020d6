import { integerText } from "../../der/integer.ts";
import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/version-not-v2",
  title: "CRL is not version 2",
  looksAt: ["tbsCertList"],
  requirements: [
    { source: "rfc5280", section: "5 and 5.1", severity: "error", quote: "the CRLs MUST be version 2 CRLs" },
    {
      source: "tls-br",
      section: "7.2.1",
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
    { source: "icao", section: "7.1.4, table 9", severity: "error", quote: "MUST be v2" },
  ],
  create(ctx) {
    const { crl, entries, tbsCertList } = ctx;
    const { version } = crl;
    const path = "tbsCertList.version";
    if (version !== undefined) {
      // der/integer-empty reports a version without contents octets.
      if (version.value === 1 || contentLength(version) === 0) return;
      const value = integerText(ctx.bytes, version);
      const note = version.value === 2 ? ["2 means v3, which exists only for certificates"] : [];
      ctx.report({ at: version, path, message: `version is ${value}, not 1 (v2)`, notes: note });
      return;
    }
    if (crl.unread.has("version") || crl.unread.has("crlExtensions") || entries.broken) return;
    // structure/version-missing reports a CRL with extensions.
    if (crl.crlExtensions !== undefined || entries.withExtensions > 0) return;
    ctx.report({
      at: { start: tbsCertList.content, end: tbsCertList.content },
      path,
      message: "CRL is v1, not v2: it has no version and no extensions",
      help: "issue a v2 CRL: version INTEGER 1, and crlExtensions with authorityKeyIdentifier and cRLNumber",
    });
  },
  why: "A v1 CRL cannot have extensions, so it has no authorityKeyIdentifier and no cRLNumber. A version above v2 does not exist, and Java 17 does not load it.",
  fix: "encode version as INTEGER 1, which means v2",
  examples: () => ({
    bad: [
      {
        title: "v1 CRL without extensions",
        make: (kit) => kit.crl({ version: null, crlExtensions: null, entries: [{}] }),
      },
      { title: "INTEGER 0", make: (kit) => kit.crl({ version: 0 }) },
      { title: "INTEGER 2: v3, as in certificates", make: (kit) => kit.crl({ version: 2 }) },
      { title: "INTEGER of 7 bytes", make: (kit) => kit.crl({ version: 1n << 50n }) },
    ],
    good: [
      { title: "INTEGER 1", make: (kit) => kit.crl({ version: 1 }) },
      {
        title: "empty version, reported by der/integer-empty",
        make: (kit) => kit.crl({ version: kit.der.tlv(0x02, new Uint8Array(0)) }),
        also: ["der/integer-empty"],
      },
    ],
  }),
});
