import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/default-value-encoded",
  title: "DEFAULT value is encoded",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "11.5",
      severity: "error",
      quote:
        "The encoding of a set value or sequence value shall not include an encoding for any component value which is equal to its default value.",
    },
    {
      source: "rfc5280",
      section: "Appendix B",
      severity: "error",
      quote:
        "the DER encoding of SET or SEQUENCE components whose value is the DEFAULT omit the component from the encoded certificate or CRL",
    },
  ],
  why: "DER has one encoding for one value, so a default is left out. Strict parsers refuse a CRL that spells it out, and a re-encoded one has another signature.",
  fix: "leave the field out: its absence says the same",
  examples: () => ({
    bad: [
      {
        title: "critical FALSE of cRLNumber",
        make: (kit) => kit.crl({ critical: { [kit.oids.crlNumber]: kit.der.bool(false) } }),
      },
      {
        title: "onlyContainsCACerts FALSE",
        make: (kit) =>
          kit.crl({
            idp: { value: kit.der.seq(kit.der.context(1, kit.der.raw("ff")), kit.der.context(2, kit.der.raw("00"))) },
          }),
      },
    ],
    good: [{ title: "no critical field where the extension is not", make: (kit) => kit.crl() }],
  }),
});
