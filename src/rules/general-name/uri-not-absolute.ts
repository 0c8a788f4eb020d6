import { parseUri } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** Returns a CRL whose issuingDistributionPoint contains this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/uri-not-absolute",
  title: "URI has no scheme, or nothing after its scheme",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "MUST NOT be a relative URI, and it MUST follow the URI syntax and encoding rules specified in [RFC3986]",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "a URI that has no scheme, or nothing after its scheme",
      check(name) {
        const text = uriText(name);
        if (text === undefined) return undefined;
        const { scheme, rest } = parseUri(text);
        if (scheme === undefined) return { message: `URI "${escapeText(text)}" has no scheme; it must be absolute` };
        return rest === "" ? { message: `URI "${escapeText(text)}" ends after its scheme` } : undefined;
      },
    });
  },
  why: "A relative URI has a meaning only together with a base URI, and a CRL has no base URI. Clients cannot fetch or match a relative URI.",
  fix: "write the complete URI: `http://host/path`",
  examples: () => ({
    bad: [
      { title: "path alone", make: (kit) => withUri(kit, "/crl/1.crl") },
      { title: "host and path", make: (kit) => withUri(kit, "crl.example.com/1.crl") },
      { title: "scheme alone", make: (kit) => withUri(kit, "http:") },
      {
        title: "file name in freshestCRL",
        make: (kit) => kit.crl({ extra: [kit.extension.freshestCrl("delta.crl")] }),
      },
    ],
    good: [{ title: "http URI", make: (kit) => withUri(kit, "http://crl.example.com/1.crl") }],
  }),
});
