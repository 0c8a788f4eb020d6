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
  id: "general-name/https-uri",
  title: "URI has the scheme https or ldaps",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "8",
      severity: "warning",
      quote: "CAs SHOULD NOT include URIs that specify https, ldaps, or similar schemes in extensions.",
    },
    {
      source: "hygiene",
      document: "rfc5280",
      section: "8",
      severity: "warning",
      quote: "CAs SHOULD NOT include URIs that specify https, ldaps, or similar schemes in extensions.",
    },
  ],
  create(ctx) {
    // RFC 5280 8: both requirements quote the same sentence, so only one of them is cited.
    const normative = ctx.requirements.find(({ source }) => source === "rfc5280");
    return checkNames(ctx, {
      what: "a URI with the scheme https or ldaps",
      violates: normative === undefined ? ctx.requirements : [normative],
      check(name) {
        const text = uriText(name);
        const scheme = text === undefined ? undefined : parseUri(text).scheme;
        if (text === undefined || (scheme !== "https" && scheme !== "ldaps")) return undefined;
        return { message: `URI "${escapeText(text)}" has the scheme ${scheme}` };
      },
    });
  },
  why: "To check the server's certificate, a client may need the CRL that it is about to fetch. Such clients fail or loop.",
  fix: "publish over http or ldap; the CRL is signed and needs no protection in transit",
  examples: () => ({
    bad: [
      { title: "https", make: (kit) => withUri(kit, "https://crl.example.com/1.crl") },
      {
        title: "ldaps",
        make: (kit) => withUri(kit, "ldaps://ldap.example.com/cn=CA?certificateRevocationList;binary"),
      },
      {
        title: "https in authorityInfoAccess",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.authorityInfoAccess,
                kit.der.seq(
                  kit.der.seq(kit.der.oid(kit.oids.caIssuers), kit.extension.uri("https://ca.example.com/ca.cer")),
                ),
              ),
            ],
          }),
      },
    ],
    good: [{ title: "http URI", make: (kit) => withUri(kit, "http://crl.example.com/1.crl") }],
  }),
});
