import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Makes a Name whose commonName is a UTF8String of these bytes. */
function issuer(der: Kit["der"], value: string): Uint8Array {
  return der.seq(der.set(der.seq(der.oid("2.5.4.3"), der.tlv(0x0c, der.raw(value)))));
}

export default defineRule({
  id: "der/utf8-string-invalid",
  title: "UTF8String is not well-formed UTF-8",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      document: "rfc5280",
      section: "Appendix B",
      severity: "error",
      quote:
        "The content of UTF8String was defined by RFC 2044 and updated in RFC 2279, which was updated in [RFC3629].",
    },
  ],
  why: "The name is not valid text, so it cannot be shown or compared. Overlong forms have been used to bypass checks.",
  fix: "encode the text as UTF-8 in its shortest form, without surrogates",
  examples: () => ({
    bad: [
      {
        title: "overlong form c0 80",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "c080"), issuerCertificate: null }),
      },
      {
        title: "Latin-1 e9 in a directoryName of issuerAltName",
        make: (kit) =>
          kit.crl({ extra: [kit.extension.issuerAltName(kit.extension.directoryName(issuer(kit.der, "e9")))] }),
      },
      { title: "Latin-1 e9", make: (kit) => kit.crl({ issuer: issuer(kit.der, "e9"), issuerCertificate: null }) },
      {
        title: "surrogate ed a0 80",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "eda080"), issuerCertificate: null }),
      },
    ],
    good: [{ title: "c3 a9", make: (kit) => kit.crl({ issuer: issuer(kit.der, "c3a9"), issuerCertificate: null }) }],
  }),
});
