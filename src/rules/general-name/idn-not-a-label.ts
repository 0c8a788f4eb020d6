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
  id: "general-name/idn-not-a-label",
  title: "internationalized host of a URI is not encoded as A-labels",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "7.2, 7.4",
      severity: "warning",
      quote: "MUST convert internationalized domain names to the ASCII Compatible Encoding (ACE) format",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "a URI whose internationalized host is not encoded as A-labels",
      check(name) {
        const host = parseUri(uriText(name) ?? "").host ?? "";
        if (!/%[89a-f][0-9a-f]/iu.test(host)) return undefined;
        return { message: `host "${escapeText(host)}" has percent-encoded non-ASCII characters, not A-labels` };
      },
    });
  },
  why: "Clients compare and resolve host names as A-labels. They look up a percent-encoded name unchanged and do not find the host.",
  fix: "write the host with A-labels: xn--mller-kva.example for müller.example",
  examples: () => ({
    bad: [{ title: "percent-encoded host", make: (kit) => withUri(kit, "http://m%C3%BCller.example/1.crl") }],
    good: [
      { title: "A-label", make: (kit) => withUri(kit, "http://xn--mller-kva.example/1.crl") },
      { title: "percent-encoding in the path", make: (kit) => withUri(kit, "http://crl.example.com/m%C3%BCller.crl") },
    ],
  }),
});
