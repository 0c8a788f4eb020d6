import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Puts octets in the place of as many others. */
function rename(der: Kit["der"], tbs: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const at = tbs.findIndex((_, i) => from.every((octet, j) => tbs[i + j] === octet));
  return der.concat(tbs.subarray(0, at), to, tbs.subarray(at + from.length));
}

export default defineRule({
  id: "der/printable-string-charset",
  title: "PrintableString holds a character it cannot have",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      document: "rfc5280",
      section: "Appendix B",
      severity: "error",
      quote:
        "Conforming implementations MUST NOT encode strings that include either the at sign or underscore character as PrintableString.",
    },
  ],
  why: "Strict parsers refuse the name, and with it the CRL. Where the CA certificate has the same octets, the CRL must repeat them: the fault can only be mended by a new CA certificate.",
  fix: "write the attribute as UTF8String, in the CA certificate and in the CRL alike",
  examples: () => ({
    bad: [
      {
        title: "underscore",
        make: (kit) =>
          kit.crl({
            issuer: "C=AT, O=Example Trust GmbH",
            issuerCertificate: null,
            tbs: (tbs) =>
              rename(kit.der, tbs, kit.der.utf8("Example Trust GmbH"), kit.der.printable("Example_Trust GmbH")),
          }),
      },
      {
        title: "ampersand, inherited from the CA certificate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["O", "Example & Trust", "printable"],
                ["CN", "Example TLS CA 1"],
              ]),
            }),
          }),
      },
    ],
    good: [
      {
        title: "apostrophe, parentheses, plus, comma, minus, dot, slash, colon, equals sign and question mark",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["O", "A'(b)+,-./:=?", "printable"],
                ["CN", "Example TLS CA 1"],
              ]),
            }),
          }),
      },
    ],
  }),
});
