import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** A Name whose only attribute, of a private type, holds this value. */
function issuer(der: Kit["der"], value: string): Uint8Array {
  return der.seq(der.set(der.seq(der.oid("1.3.6.1.4.1.99999.1"), der.raw(value))));
}

export default defineRule({
  id: "der/bmp-universal-teletex-malformed",
  title: "BMPString, UniversalString or NumericString spells no text",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "8.23", severity: "error" }],
  why: "Name comparison first turns every string into characters (RFC 5280 7.1). A string that spells none makes the whole name unequal to every other, or the parser refuses it.",
  fix: "write the attribute as UTF8String; two octets a character in a BMPString, four in a UniversalString, digits and spaces alone in a NumericString",
  examples: () => ({
    bad: [
      {
        title: "BMPString of three octets",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1e03004100"), issuerCertificate: null }),
      },
      {
        title: "BMPString with half a surrogate pair",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1e02d83d"), issuerCertificate: null }),
      },
      {
        title: "UniversalString beyond the last character",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1c0400110000"), issuerCertificate: null }),
      },
    ],
    good: [
      {
        title: "UTF8String in its place",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "0c0141"), issuerCertificate: null }),
      },
    ],
  }),
});
