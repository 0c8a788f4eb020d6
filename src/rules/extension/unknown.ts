import { contentLength, contents, hex } from "../../der/span.ts";
import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { countOf } from "../../rule/format-count.ts";
import { anyOtherExtension, rpkiNoOtherExtension } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum number of bytes of a value that a message shows. */
const maximumShown = 32;

export default defineRule({
  id: "extension/unknown",
  title: "CRL has an extension that crllint does not recognize",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.2",
      severity: "notice",
      quote: "Communities may elect to include extensions in CRLs that are not defined in this specification.",
    },
    anyOtherExtension,
  ],
  create(ctx) {
    // Under RFC 6487, extension/rpki-not-allowed reports every such extension.
    if (ctx.hasInForce([rpkiNoOtherExtension])) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path, value } = extension;
      if (oid === undefined || seen.has(oid) || isUnprocessable(extension) || extensionHome(oid) !== undefined)
        continue;
      seen.add(oid);
      const length = value === undefined ? 0 : contentLength(value);
      const shown = value === undefined ? "" : hex(contents(ctx.bytes, value).subarray(0, maximumShown), " ");
      const dump = length === 0 ? "" : `: ${shown}${length > maximumShown ? " ..." : ""}`;
      ctx.report({
        at: extension,
        path,
        message: `${oid} is not recognized; its extnValue has ${countOf(length, "byte")}${dump}`,
      });
    }
  },
  why: "Clients ignore the extension, and crllint does not check its value. The object identifier may be mistyped.",
  fix: "check that the object identifier is the intended one, and that the extension is needed",
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
        title: "expiredCertsOnCRL of X.509, which is recognized",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")] }),
      },
    ],
  }),
});
