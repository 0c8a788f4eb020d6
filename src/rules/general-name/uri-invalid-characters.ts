import { findBadCharacter } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** Returns a CRL whose issuingDistributionPoint contains this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/uri-invalid-characters",
  title: "URI contains a character that is not allowed in URIs",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "MUST follow the URI syntax and encoding rules specified in [RFC3986]",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "a URI that contains a character that is not allowed in URIs",
      check(name) {
        const text = uriText(name);
        const index = text === undefined ? -1 : findBadCharacter(text);
        if (text === undefined || index < 0) return undefined;
        const start = name.content + index;
        const character = text.charAt(index);
        const what =
          character === "%" ? "a percent sign without two hexadecimal digits" : `character "${escapeText(character)}"`;
        return { message: `URI "${escapeText(text)}" contains ${what}`, at: { start, end: start + 1 } };
      },
    });
  },
  why: "Clients reject such a URI, cut it at the space, or encode it in different ways. They then fetch different objects, or nothing.",
  fix: "percent-encode the character: a space is `%20`",
  examples: () => ({
    bad: [
      {
        title: "space, as AD CS writes the name of the CA",
        make: (kit) => withUri(kit, "http://crl.example.com/My CA.crl"),
      },
      { title: "backslash", make: (kit) => withUri(kit, "http://crl.example.com/a\\b.crl") },
      { title: "percent sign that encodes nothing", make: (kit) => withUri(kit, "http://crl.example.com/100%.crl") },
      { title: "bracket in the path", make: (kit) => withUri(kit, "http://crl.example.com/a[1].crl") },
      { title: "second number sign", make: (kit) => withUri(kit, "http://crl.example.com/1.crl#a#b") },
      { title: "line feed", make: (kit) => withUri(kit, "http://crl.example.com/1.crl\n") },
    ],
    good: [
      { title: "http URI", make: (kit) => withUri(kit, "http://crl.example.com/1.crl") },
      { title: "percent-encoded space", make: (kit) => withUri(kit, "http://crl.example.com/My%20CA.crl") },
      { title: "fragment", make: (kit) => withUri(kit, "http://crl.example.com/1.crl#a") },
      { title: "IPv6 host", make: (kit) => withUri(kit, "http://[2001:db8::1]/1.crl") },
    ],
  }),
});
