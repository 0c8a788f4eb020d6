import { contentLength, contents, hex } from "../../der/span.ts";
import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { defineRule } from "../../rule/rule.ts";

/** Octets of the value that a message shows. */
const octetsShown = 32;

export default defineRule({
  id: "extension/unknown",
  title: "CRL extension that crllint does not know",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.2",
      severity: "notice",
      quote: "Communities may elect to include extensions in CRLs that are not defined in this specification.",
    },
    // The row "Any other extension" of the table: NOT RECOMMENDED.
    { source: "tls-br", section: "7.2.2", severity: "warning", from: "2024-03-15" },
  ],
  create(ctx) {
    // Under RFC 6487 extension/rpki-not-allowed speaks of every one.
    if (ctx.sources.has("rpki")) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path, value } = extension;
      if (oid === undefined || seen.has(oid) || isUnprocessable(extension) || extensionHome(oid) !== undefined)
        continue;
      seen.add(oid);
      const length = value === undefined ? 0 : contentLength(value);
      const shown = value === undefined ? "" : hex(contents(ctx.bytes, value).subarray(0, octetsShown), " ");
      const dump = length === 0 ? "" : `: ${shown}${length > octetsShown ? " ..." : ""}`;
      ctx.report({ at: extension, path, message: `${oid} is not known; its extnValue has ${length} octets${dump}` });
    }
  },
  why: "Clients pass over it, and nobody has judged what it holds: it may be a mistyped object identifier.",
  fix: "check that the object identifier is the one that was meant, and that it is needed",
  examples: () => ({
    bad: [
      {
        title: "private extension",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.int(7))] }),
      },
      {
        title: "private extension under the TLS Baseline Requirements",
        profile: "tls-br",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.int(7))] }),
      },
    ],
    good: [
      {
        title: "expiredCertsOnCRL of X.509 is known",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")] }),
      },
    ],
  }),
});
