import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/private-extension-not-der",
  title: "extnValue of a private extension is not exactly one DER value",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2",
      severity: "warning",
      quote: "the corresponding ASN.1 DER encoded structure is the value of the octet string extnValue",
    },
  ],
  why: "RFC 5280 requires the DER encoding of one ASN.1 value in every extnValue. Generic tools cannot show anything else in an extension of unknown type.",
  fix: "wrap the value in DER, for example in an OCTET STRING or a UTF8String",
  examples: () => ({
    bad: [
      {
        title: "text instead of DER",
        also: ["extension/unknown"],
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.ascii("hello"))] }),
      },
      {
        title: "an empty extnValue",
        also: ["extension/unknown"],
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.raw(""))] }),
      },
      {
        title: "two DER values",
        also: ["extension/unknown"],
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.raw("0101ff0500"))] }),
      },
    ],
    good: [
      {
        title: "a UTF8String",
        also: ["extension/unknown"],
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.utf8("hello"))] }),
      },
    ],
  }),
});
