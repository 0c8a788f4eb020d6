import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Puts an empty BIT STRING in the place of the signatureValue of 256 octets. */
function withoutSignature(der: Kit["der"], crl: Uint8Array): Uint8Array {
  const signatureLength = 4 + 257;
  return der.seq(crl.subarray(4, crl.length - signatureLength), der.raw("0300"));
}

export default defineRule({
  id: "der/bit-string-unused-count",
  title: "BIT STRING counts its unused bits wrongly",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "8.6.2.2", severity: "error", quote: "The number shall be in the range zero to seven." },
  ],
  why: "A BIT STRING whose first octet is missing or above 7 has no value: the CRL cannot be verified.",
  fix: "write the number of unused bits, 0 to 7, into the first contents octet; 0 where there are no bits, and always for a signature",
  examples: () => ({
    bad: [
      { title: "9 unused bits", make: (kit) => kit.crl({ unusedBits: 9 }) },
      { title: "8 unused bits", make: (kit) => kit.crl({ unusedBits: 8 }) },
      {
        title: "no contents octet at all",
        make: (kit) => kit.crl({ patch: (octets: Uint8Array) => withoutSignature(kit.der, octets) }),
      },
    ],
    good: [{ title: "0 unused bits", make: (kit) => kit.crl() }],
  }),
});
