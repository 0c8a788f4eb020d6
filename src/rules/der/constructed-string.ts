import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/constructed-string",
  title: "string is in constructed form",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "10.2",
      severity: "error",
      quote:
        "For bitstring, octetstring and restricted character string types, the constructed form of encoding shall not be used.",
    },
  ],
  why: "A constructed string must be assembled from its segments. DER parsers do not do this. They reject the CRL or read an empty value.",
  fix: "encode BIT STRING, OCTET STRING and character strings in primitive form",
  examples: () => ({
    bad: [
      {
        title: "extnValue in two segments",
        make: (kit) =>
          kit.crl({
            replace: {
              [kit.oids.crlNumber]: kit.der.seq(
                kit.der.oid(kit.oids.crlNumber),
                kit.der.tlv(0x24, kit.der.octetString(kit.der.raw("0202")), kit.der.octetString(kit.der.raw("1267"))),
              ),
            },
          }),
      },
    ],
    good: [{ title: "extnValue in primitive form", make: (kit) => kit.crl({ crlNumber: kit.der.raw("02021267") }) }],
  }),
});
