import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/extension-value-trailing-data",
  title: "octets follow the value in an extnValue",
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
  why: "Software reads the first value and ignores the rest, or refuses the extension: what the CRL says then depends on who reads it.",
  fix: "put exactly one DER value into the OCTET STRING extnValue",
  examples: () => ({
    bad: [
      { title: "NULL behind the CRLNumber", make: (kit) => kit.crl({ crlNumber: kit.der.raw("02011205 00") }) },
      {
        title: "NULL behind the value of an issuerAltName",
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
