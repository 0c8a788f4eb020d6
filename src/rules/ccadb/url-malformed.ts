import { findBadCharacter, parseUri } from "../../extension/uri.ts";
import { showUrl, nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "ccadb/url-malformed",
  title: "URL disclosed in the CCADB is not a valid HTTP or HTTPS URL",
  looksAt: ["disclosure"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { record } = ctx.disclosure;
    for (const { column, urls } of [...record.full, record.partitioned]) {
      for (const url of urls ?? []) {
        const problem = findProblem(url);
        if (problem === undefined) continue;
        const message = `${showUrl(url)} in "${column}" of the CCADB record ${problem}`;
        ctx.report({ ...nowhere, message, notes: [`record: ${record.place}`] });
      }
    }
  },
  why: "CRL aggregators fetch and compare the URL exactly as it is disclosed. A URL with a space, with a second URL in it, or without a scheme cannot be fetched and matches no URL of a certificate.",
  fix: "disclose each URL separately, exactly as in the certificates",
  examples: () => ({
    bad: [
      {
        title: "a space at the end, inside the array",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            options: {
              ccadb: kit.ccadb({ partitioned: ["http://crl.example.com/1.crl", "http://crl.example.com/2.crl "] }),
            },
          }),
      },
      {
        title: "two URLs in the field for one",
        make: (kit) =>
          kit.crl({
            options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl; http://crl.example.com/2.crl" }) },
          }),
      },
      {
        title: "no scheme",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "crl.example.com/1.crl" }) } }),
      },
      {
        title: "an LDAP URL",
        make: (kit) =>
          kit.crl({
            options: { ccadb: kit.ccadb({ full: "ldap://ldap.example.com/cn=CA?certificateRevocationList" }) },
          }),
      },
      { title: "no host", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http:///1.crl" }) } }) },
    ],
    good: [
      {
        title: "an HTTP URL",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) } }),
      },
      {
        title: "an HTTPS URL",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "https://crl.example.com/1.crl" }) } }),
      },
    ],
  }),
});

/** Returns the defect of a disclosed URL, as the end of a sentence; undefined if it has none. */
function findProblem(url: string): string | undefined {
  const bad = findBadCharacter(url);
  if (bad >= 0)
    return `contains "${escapeText(String.fromCodePoint(url.codePointAt(bad) ?? 0))}", which is not allowed in a URL`;
  const { scheme, host } = parseUri(url);
  if (scheme === undefined || url === "") return "has no scheme";
  if (scheme !== "http" && scheme !== "https") return `has the scheme ${escapeText(scheme)}, not http`;
  return host === undefined || host === "" ? "has no host" : undefined;
}
