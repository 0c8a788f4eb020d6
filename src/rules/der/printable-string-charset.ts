import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Replaces bytes with the same number of others. */
function rename(der: Kit["der"], tbs: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const at = tbs.findIndex((_, i) => from.every((byte, j) => tbs[i + j] === byte));
  return der.concat(tbs.subarray(0, at), to, tbs.subarray(at + from.length));
}

export default defineRule({
  id: "der/printable-string-charset",
  title: "PrintableString contains a character that is not allowed in it",
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
  why: "Strict parsers reject the name, and with it the CRL. If the CA certificate has the same bytes, the CRL must repeat them, and only a new CA certificate fixes the error.",
  fix: "encode the attribute as UTF8String in both the CA certificate and the CRL",
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
