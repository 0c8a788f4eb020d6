import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Replaces the signatureValue of 256 bytes with an empty BIT STRING. */
function withoutSignature(der: Kit["der"], crl: Uint8Array): Uint8Array {
  const signatureLength = 4 + 257;
  return der.seq(crl.subarray(4, crl.length - signatureLength), der.raw("0300"));
}

export default defineRule({
  id: "der/bit-string-unused-count",
  title: "BIT STRING has an invalid number of unused bits",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "8.6.2.2", severity: "error", quote: "The number shall be in the range zero to seven." },
  ],
  why: "A BIT STRING whose first contents octet is missing or above 7 has no value. Clients cannot verify the CRL.",
  fix: "set the first contents octet to the number of unused bits, 0 to 7; use 0 if there are no bits, and for every signature",
  examples: () => ({
    bad: [
      { title: "9 unused bits", make: (kit) => kit.crl({ unusedBits: 9 }) },
      { title: "8 unused bits", make: (kit) => kit.crl({ unusedBits: 8 }) },
      {
        title: "no contents octets",
        make: (kit) => kit.crl({ patch: (crl: Uint8Array) => withoutSignature(kit.der, crl) }),
      },
    ],
    good: [{ title: "0 unused bits", make: (kit) => kit.crl() }],
  }),
});
