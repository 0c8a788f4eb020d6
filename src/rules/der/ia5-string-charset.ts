import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/ia5-string-charset",
  title: "IA5String contains bytes above 7f",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      document: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "the name MUST be stored in the uniformResourceIdentifier (an IA5String)",
    },
  ],
  why: "Bytes above `7f` are not characters of an IA5String. Some clients treat them as UTF-8, others as Latin-1, and others reject the name. The CRL is then not fetched or not matched.",
  fix: "write a URI with percent-encoding, and a host name as an A-label, which starts with `xn--`",
  examples: () => ({
    bad: [
      {
        title: "UTF-8 in a URI",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(0, kit.der.context(6, new TextEncoder().encode("http://crl.example.com/é.crl"))),
              onlyUser: true,
            },
          }),
      },
    ],
    good: [
      {
        title: "the same percent-encoded",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/%C3%A9.crl"], onlyUser: true } }),
      },
    ],
  }),
});
