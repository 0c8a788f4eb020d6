import { findBadCharacter, parseUri } from "../../extension/uri.ts";
import { showUrl, nowhere } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "ccadb/url-malformed",
  title: "disclosed URL cannot be fetched as it stands",
  looksAt: ["disclosure"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { record } = ctx.disclosure;
    for (const { column, urls } of [...record.full, record.partitioned]) {
      for (const url of urls ?? []) {
        const why = judge(url);
        if (why === undefined) continue;
        const message = `${showUrl(url)} in "${column}" of the CCADB record ${why}`;
        ctx.report({ ...nowhere, message, notes: [`the record: ${record.place}`] });
      }
    }
  },
  why: "The URL is fetched and compared as the text that it is. With a space, a second URL or no scheme in it, it leads nowhere and equals no URL of a certificate.",
  fix: "disclose each URL by itself, exactly as it stands in the certificates",
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
        title: "LDAP",
        make: (kit) =>
          kit.crl({
            options: { ccadb: kit.ccadb({ full: "ldap://ldap.example.com/cn=CA?certificateRevocationList" }) },
          }),
      },
      { title: "no host", make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http:///1.crl" }) } }) },
    ],
    good: [
      {
        title: "http",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }) } }),
      },
      {
        title: "https",
        make: (kit) => kit.crl({ options: { ccadb: kit.ccadb({ full: "https://crl.example.com/1.crl" }) } }),
      },
    ],
  }),
});

/** What is wrong with a disclosed URL, as the end of a sentence. */
function judge(url: string): string | undefined {
  const bad = findBadCharacter(url);
  if (bad >= 0)
    return `has the character "${escapeText(String.fromCodePoint(url.codePointAt(bad) ?? 0))}", which no URL has`;
  const { scheme, host } = parseUri(url);
  if (scheme === undefined || url === "") return "has no scheme";
  if (scheme !== "http" && scheme !== "https") return `has the scheme ${escapeText(scheme)}, not http`;
  return host === undefined || host === "" ? "has no host" : undefined;
}
