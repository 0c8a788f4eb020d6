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
  why: "DER allows only one encoding of a value, so a DEFAULT value is omitted. Strict parsers reject a CRL that contains it, and the signature does not verify over a re-encoded CRL.",
  fix: "leave out the field; its absence has the same meaning",
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
    good: [{ title: "no critical field in an extension that is not critical", make: (kit) => kit.crl() }],
  }),
});
