import { NearNames } from "../../checks/near-names.ts";
import { nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ccadb/url-not-disclosed",
  title: "URL of the CRL is not disclosed in the CCADB",
  looksAt: ["url", "disclosedUrls"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { url, disclosedUrls } = ctx;
    if (disclosedUrls.includes(url)) return;
    const miss = new NearNames(disclosedUrls).explainUri(url);
    ctx.report({
      ...nowhere,
      message: `${showUrl(url)} is not among the URLs disclosed in the CCADB`,
      notes: miss === undefined ? ["severity capped: the URL may be that of a mirror"] : [miss],
      ...(miss === undefined && { atMost: "notice" }),
    });
  },
  why: "CRL aggregators fetch only the disclosed URLs, and compare URLs character by character. They do not get a CRL that is served at another URL.",
  fix: "disclose every URL in the certificates, character for character",
  examples: () => ({
    bad: [
      {
        title: "https instead of http",
        make: (kit) =>
          kit.crl({
            options: { url: "http://crl.example.com/1.crl", disclosedUrls: ["https://crl.example.com/1.crl"] },
          }),
      },
      {
        title: "another URL",
        make: (kit) =>
          kit.crl({
            options: { url: "http://crl.example.com/1.crl", disclosedUrls: ["http://crl.example.com/full.crl"] },
          }),
      },
    ],
    good: [
      {
        title: "a disclosed URL",
        make: (kit) =>
          kit.crl({
            options: {
              url: "http://crl.example.com/1.crl",
              ccadb: kit.ccadb({ full: "http://crl.example.com/1.crl" }),
            },
          }),
      },
    ],
  }),
});
