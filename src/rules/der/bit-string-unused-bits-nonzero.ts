import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/bit-string-unused-bits-nonzero",
  title: "unused bits of a BIT STRING are not zero",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "11.2.1",
      severity: "error",
      quote: "Each unused bit in the final octet of the encoding of a bit string value shall be set to zero.",
    },
  ],
  why: "The same bits then have several encodings. Software that compares or re-encodes bytes disagrees with software that compares values.",
  fix: "set the unused bits of the last byte to zero",
  examples: () => ({
    bad: [
      {
        title: "signatureValue whose unused bits are set",
        also: ["structure/signature-not-octets"],
        make: (kit) =>
          kit.crl({
            signatureValue: (valid) => valid.with(255, 0xff),
            unusedBits: 1,
            options: { signature: "ignore" },
          }),
      },
      {
        title: "onlySomeReasons 05 7f: the unused bits 3 to 7 are set",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1 }], idp: { value: kit.der.seq(kit.der.context(3, kit.der.raw("057f"))) } }),
      },
    ],
    good: [{ title: "signatureValue without unused bits", make: (kit) => kit.crl() }],
  }),
});
