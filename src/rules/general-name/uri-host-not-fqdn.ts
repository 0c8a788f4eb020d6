import { findBadCharacter, isFullHost, parseUri } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** Schemes whose authority cannot be empty; that of ldap and of file can (RFC 4516 2, RFC 8089 2). */
const needsHost: ReadonlySet<string> = new Set(["http", "https", "ftp"]);

/** A CRL whose issuingDistributionPoint holds this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/uri-host-not-fqdn",
  title: "host of a URI is neither a fully qualified name nor an IP address",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      // The sentence is on subjectAltName: RFC 5280 does not repeat it for the URIs that lead to CRLs and certificates.
      severity: "warning",
      quote: "MUST include a fully qualified domain name or IP address as the host",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "a URI whose host is neither a fully qualified name nor an IP address",
      judge(name) {
        const text = uriText(name);
        if (text === undefined || findBadCharacter(text) >= 0) return undefined;
        const { scheme = "", rest, host = "" } = parseUri(text);
        // A scheme alone is the business of general-name/uri-not-absolute, an encoded host of idn-not-a-label.
        if (rest === "" || host.includes("%") || isFullHost(host)) return undefined;
        if (host === "" && !needsHost.has(scheme)) return undefined;
        const what = host === "" ? "no host" : `host "${escapeText(host)}", which is not fully qualified`;
        return { message: `URI "${escapeText(text)}" has ${what}` };
      },
    });
  },
  why: "A short host name means another host, or none, in every network but the CA's own.",
  fix: "write the fully qualified domain name of the host",
  examples: () => ({
    bad: [
      { title: "short name", make: (kit) => withUri(kit, "http://crlserver/1.crl") },
      { title: "no name", make: (kit) => withUri(kit, "http:///1.crl") },
      { title: "one slash", make: (kit) => withUri(kit, "http:/crl.example.com/1.crl") },
      { title: "short name and port", make: (kit) => withUri(kit, "http://crlserver:8080/1.crl") },
    ],
    good: [
      { title: "http URI", make: (kit) => withUri(kit, "http://crl.example.com/1.crl") },
      { title: "IPv4 address", make: (kit) => withUri(kit, "http://192.0.2.1/1.crl") },
      { title: "IPv6 address", make: (kit) => withUri(kit, "http://[2001:db8::1]:80/1.crl") },
      {
        title: "LDAP without a host, which RFC 5280 section 4.2.1.13 allows",
        make: (kit) => withUri(kit, "ldap:///cn=CA,o=Example?certificateRevocationList;binary"),
      },
    ],
  }),
});
