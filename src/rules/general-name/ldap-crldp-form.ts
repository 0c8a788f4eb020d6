import { parseUri } from "../../extension/uri.ts";
import { escapeText } from "../../name/escape.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames, uriText } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/**
 * Attribute descriptions that never stand for the attribute with a CRL, in lower case. RFC 4511 4.5.1.8, RFC 3673: all
 * user attributes, all operational ones, none. RFC 4523 4: certificates. Another attribute may contain CRLs.
 */
const neverCrls: ReadonlySet<string> = new Set([
  "*",
  "+",
  "1.1",
  "usercertificate",
  "2.5.4.36",
  "cacertificate",
  "2.5.4.37",
  "crosscertificatepair",
  "2.5.4.40",
]);

/** Returns an attribute description without its options and in lower case: RFC 4512 2.5. */
function descriptionOf(attribute: string): string {
  return (attribute.split(";")[0] ?? "").toLowerCase();
}

/** Returns a CRL whose issuingDistributionPoint contains this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/ldap-crldp-form",
  title: "LDAP URI of a distribution point has no DN, or not exactly one attribute with a CRL",
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
      what: "an LDAP URI that has no DN, or not exactly one attribute with a CRL",
      check(name, place) {
        const text = uriText(name);
        // aia/ldap-form checks the URIs of authorityInfoAccess, which lead to certificates.
        if (text === undefined || (place !== "distributionPoint" && place !== "freshestCRL")) return undefined;
        const { scheme, path, query = "" } = parseUri(text);
        if (scheme !== "ldap" && scheme !== "ldaps") return undefined;
        const message = `URI "${escapeText(text)}" has`;
        if (path === "")
          return { message: `${message} no DN; it must have the DN of the directory entry that contains the CRL` };
        // RFC 4516 2: the attributes are between the first and the second question mark.
        const attributes = (query.split("?")[0] ?? "").split(",").filter((attribute) => attribute !== "");
        const [attribute = ""] = attributes;
        if (attributes.length === 1) {
          if (!neverCrls.has(descriptionOf(attribute))) return undefined;
          return {
            message: `${message} attribute ${escapeText(attribute)}, not the attribute that contains the CRL`,
          };
        }
        return {
          message: `${message} ${attributes.length === 0 ? "no attribute" : `${attributes.length} attributes`}; it must have exactly 1`,
        };
      },
    });
  },
  why: "Without a DN, a client does not know which directory entry to read. Without exactly one attribute, it does not know which value is the CRL.",
  fix: "write `ldap://host/dn?certificateRevocationList;binary`",
  examples: () => ({
    bad: [
      { title: "no attribute", make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA,o=Example") },
      { title: "no DN", make: (kit) => withUri(kit, "ldap://ldap.example.com/?certificateRevocationList;binary") },
      {
        title: "two attributes",
        make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA?certificateRevocationList,authorityRevocationList"),
      },
      ...["*", "+", "cACertificate;binary", "USERCERTIFICATE", "crossCertificatePair;binary"].map((attribute) => ({
        title: `attribute ${attribute}`,
        make: (kit: Kit) => withUri(kit, `ldap://ldap.example.com/cn=CA?${attribute}`),
      })),
    ],
    good: [
      {
        title: "an attribute that crllint does not know",
        make: (kit) => withUri(kit, "ldap://ldap.example.com/cn=CA?exampleRevocationList"),
      },
      {
        title: "DN and attribute",
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
