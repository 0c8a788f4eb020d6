import { parseUri } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** A CRL whose issuingDistributionPoint holds this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/ldap-crldp-form",
  title: "LDAP URI of a distribution point names no entry, or not one attribute",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.13",
      severity: "error",
      quote:
        "MUST include a single <attrdesc> that contains an appropriate attribute description for the attribute that holds the CRL",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "an LDAP URI that names no entry, or not one attribute",
      judge(name, place) {
        const text = uriText(name);
        // Those of authorityInfoAccess lead to certificates: aia/ldap-form.
        if (text === undefined || (place !== "distributionPoint" && place !== "freshestCRL")) return undefined;
        const { scheme, path, query = "" } = parseUri(text);
        if (scheme !== "ldap" && scheme !== "ldaps") return undefined;
        const message = `URI "${escapeText(text)}" names`;
        if (path === "") return { message: `${message} no entry of the directory` };
        // RFC 4516 2: the attributes stand between the first and the second question mark.
        const attributes = (query.split("?")[0] ?? "").split(",").filter((attribute) => attribute !== "");
        if (attributes.length === 1) return undefined;
        return {
          message: `${message} ${attributes.length === 0 ? "no attribute" : `${attributes.length} attributes`}`,
        };
      },
    });
  },
  why: "Without an entry a client does not know what to read, and without one attribute not which of its values is the CRL.",
  fix: "write ldap://host/dn?certificateRevocationList;binary",
  examples: () => ({
    bad: [
      { title: "no attribute", make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA,o=Example") },
      { title: "no entry", make: (kit) => withUri(kit, "ldap://ldap.example.com/?certificateRevocationList;binary") },
      {
        title: "two attributes",
        make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA?certificateRevocationList,authorityRevocationList"),
      },
    ],
    good: [
      {
        title: "entry and attribute",
        make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA,o=Example?certificateRevocationList;binary"),
      },
      {
        title: "without a host, with scope and filter, as AD CS writes it",
        make: (kit) =>
          withUri(
            kit,
            "ldap:///CN=CA,CN=CDP,DC=example,DC=com?certificateRevocationList?base?objectClass=cRLDistributionPoint",
          ),
      },
    ],
  }),
});
