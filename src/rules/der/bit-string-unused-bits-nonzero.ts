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
  why: "The same bits can then be encoded in several ways: software that compares or re-encodes octets disagrees with software that compares values.",
  fix: "set the unused bits of the last octet to zero",
  examples: () => ({
    bad: [
      {
        title: "signatureValue whose unused bits are set",
        also: ["structure/signature-not-octets"],
        make: (kit) =>
          kit.crl({
            signatureValue: (sound) => sound.with(255, 0xff),
            unusedBits: 1,
            options: { signature: "ignore" },
          }),
      },
      {
        title: "onlySomeReasons 05 7f: bits 3 to 7 do not count, and are set",
        also: ["idp/only-some-reasons-recommended-against"],
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1 }], idp: { value: kit.der.seq(kit.der.context(3, kit.der.raw("057f"))) } }),
      },
    ],
    good: [{ title: "a signatureValue of whole octets", make: (kit) => kit.crl() }],
  }),
});
