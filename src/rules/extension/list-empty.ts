import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "extension/list-empty",
  title: "crlExtensions is empty",
  looksAt: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.7",
      severity: "error",
      quote: "If present, this field is a sequence of one or more CRL extensions.",
    },
  ],
  create(ctx) {
    const { list, whole } = ctx.crlExtensions;
    if (list.length > 0 || !whole) return;
    ctx.report({ at: ctx.crlExtensions, path: "tbsCertList.crlExtensions" });
  },
  why: "`Extensions` is a SEQUENCE of at least one Extension. Strict decoders reject the whole CRL.",
  fix: "put authorityKeyIdentifier and cRLNumber into crlExtensions",
  examples: () => ({
    bad: [
      {
        title: "[0] around an empty SEQUENCE",
        also: ["aki/missing", "crl-number/missing"],
        make: (kit) => kit.crl({ crlExtensions: kit.der.raw("a0 02 30 00") }),
      },
    ],
    good: [{ title: "two extensions", make: (kit) => kit.crl() }],
  }),
});
