import { findBadCharacter, isFullHost, parseUri } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** Schemes that require a host; ldap and file do not (RFC 4516 2, RFC 8089 2). */
const needsHost: ReadonlySet<string> = new Set(["http", "https", "ftp"]);

/** Returns a CRL whose issuingDistributionPoint contains this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/uri-host-not-fqdn",
  title: "host of a URI is neither a fully qualified domain name nor an IP address",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      // RFC 5280 states this for subjectAltName and does not repeat it for the URIs that lead to CRLs and certificates.
      severity: "warning",
      quote: "MUST include a fully qualified domain name or IP address as the host",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "a URI whose host is neither a fully qualified domain name nor an IP address",
      check(name) {
        const text = uriText(name);
        if (text === undefined || findBadCharacter(text) >= 0) return undefined;
        const { scheme = "", rest, host = "" } = parseUri(text);
        // general-name/uri-not-absolute reports a URI with only a scheme, general-name/idn-not-a-label an encoded host.
        if (rest === "" || host.includes("%") || isFullHost(host)) return undefined;
        if (host === "" && !needsHost.has(scheme)) return undefined;
        const what = host === "" ? "no host" : `host "${escapeText(host)}", which is not fully qualified`;
        return { message: `URI "${escapeText(text)}" has ${what}` };
      },
    });
  },
  why: "Outside the CA's own network, a short host name refers to a different host or to none.",
  fix: "write the fully qualified domain name of the host",
  examples: () => ({
    bad: [
      { title: "short name", make: (kit) => withUri(kit, "http://crlserver/1.crl") },
      { title: "no host", make: (kit) => withUri(kit, "http:///1.crl") },
      { title: "one slash after the scheme", make: (kit) => withUri(kit, "http:/crl.example.com/1.crl") },
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
