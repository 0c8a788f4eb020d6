import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Makes a Name whose only attribute, of a private type, has this value. */
function issuer(der: Kit["der"], value: string): Uint8Array {
  return der.seq(der.set(der.seq(der.oid("1.3.6.1.4.1.99999.1"), der.raw(value))));
}

export default defineRule({
  id: "der/bmp-universal-teletex-malformed",
  title: "BMPString, UniversalString or NumericString is not valid text",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "8.23", severity: "error" }],
  why: "Name comparison first converts every string to characters (RFC 5280 7.1). If one string is not valid text, the whole name matches no other name, or parsers reject it.",
  fix: "encode the attribute as UTF8String; otherwise use 2 bytes per character in a BMPString, 4 in a UniversalString, and only digits and spaces in a NumericString",
  examples: () => ({
    bad: [
      {
        title: "BMPString of 3 bytes",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1e03004100"), issuerCertificate: null }),
      },
      {
        title: "BMPString with half a surrogate pair",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1e02d83d"), issuerCertificate: null }),
      },
      {
        title: "UniversalString with a character above 10ffff",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1c0400110000"), issuerCertificate: null }),
      },
    ],
    good: [
      {
        title: "UTF8String",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "0c0141"), issuerCertificate: null }),
      },
    ],
  }),
});
