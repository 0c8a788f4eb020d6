import { parseUri } from "../../extension/uri.ts";
import { nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "transport/suffix-not-crl",
  title: "file name in the URL does not end in .crl",
  looksAt: ["url"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc2585",
      section: "2, 3",
      severity: "notice",
      quote: 'that contain CRLs should have a suffix of ".crl"',
    },
  ],
  create(ctx) {
    const { scheme, path } = parseUri(ctx.url);
    if ((scheme !== "http" && scheme !== "https" && scheme !== "ftp") || /\.crl$/iu.test(path)) return;
    ctx.report({ ...nowhere, message: `the file name in ${showUrl(ctx.url)} does not end in ".crl"` });
  },
  why: "The suffix is only a convention, but servers use it to choose the media type, and people use it to choose the program.",
  fix: "name the file with the suffix .crl if the URL can still be chosen",
  examples: () => ({
    bad: [
      { title: "a query", make: (kit) => kit.crl({ options: { url: "http://crl.example.com/crl?id=1" } }) },
      { title: "another suffix", make: (kit) => kit.crl({ options: { url: "http://crl.example.com/ca.pem" } }) },
      {
        title: "another suffix after .crl",
        make: (kit) => kit.crl({ options: { url: "https://crl.example.com/ca.crl.pem" } }),
      },
      { title: "by FTP", make: (kit) => kit.crl({ options: { url: "ftp://crl.example.com/crl" } }) },
    ],
    good: [
      { title: ".crl", make: (kit) => kit.crl({ options: { url: "http://crl.example.com/ca.crl" } }) },
      {
        title: ".CRL before a query",
        make: (kit) => kit.crl({ options: { url: "http://crl.example.com/ca.CRL?v=2" } }),
      },
      {
        title: "LDAP, which has no file names",
        make: (kit) => kit.crl({ options: { url: "ldap://ldap.example.com/cn=CA?certificateRevocationList;binary" } }),
      },
    ],
  }),
});
