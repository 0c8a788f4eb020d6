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
  why: "DER allows only one encoding of a set of flags. `00 40` and `06 40` have the same meaning, but strict parsers reject the first, which has trailing zero bits.",
  fix: "leave out the trailing zero bits, and set the number of unused bits accordingly",
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
