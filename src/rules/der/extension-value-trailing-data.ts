import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/extension-value-trailing-data",
  title: "extnValue has bytes after its DER value",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      document: "rfc5280",
      section: "4.2",
      severity: "error",
      quote: "the corresponding ASN.1 DER encoded structure is the value of the octet string extnValue",
    },
  ],
  why: "Software reads the first value and ignores the rest, or rejects the extension. The meaning of the CRL then depends on the client.",
  fix: "put exactly one DER value into the OCTET STRING extnValue",
  examples: () => ({
    bad: [
      { title: "NULL after the CRLNumber", make: (kit) => kit.crl({ crlNumber: kit.der.raw("02011205 00") }) },
      {
        title: "NULL after the value of an issuerAltName",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.issuerAltName,
                kit.der.concat(kit.der.seq(kit.extension.dnsName("ca.example.com")), kit.der.nul()),
              ),
            ],
          }),
      },
    ],
    good: [{ title: "one INTEGER", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020112") }) }],
  }),
});
