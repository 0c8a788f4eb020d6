import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/named-bit-list-trailing-zeros",
  title: "named bit list ends in zero bits",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      document: "rfc5280",
      section: "Appendix B",
      severity: "error",
      quote: "When DER encoding a named bit list, trailing zeros MUST be omitted.",
    },
  ],
  why: "DER has one encoding for a set of flags; `02 00 40` and `06 40` say the same, and strict parsers refuse the longer one.",
  fix: "leave out the trailing zero bits and count the bits that are unused then",
  examples: () => ({
    bad: [
      {
        title: "onlySomeReasons keyCompromise as 00 40",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1 }], idp: { value: kit.der.seq(kit.der.context(3, kit.der.raw("0040"))) } }),
      },
    ],
    good: [
      {
        title: "onlySomeReasons keyCompromise as 06 40",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1 }], idp: { value: kit.der.seq(kit.der.context(3, kit.der.raw("0640"))) } }),
      },
    ],
  }),
});
