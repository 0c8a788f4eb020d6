import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Makes a Name whose only attribute is of this type. */
function issuer(der: Kit["der"], type: string): Uint8Array {
  return der.seq(der.set(der.seq(der.oid(type), der.utf8("Example"))));
}

export default defineRule({
  id: "der/oid-over-limit",
  title: "OBJECT IDENTIFIER exceeds the limits of RFC 5280",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "Appendix B",
      severity: "warning",
      quote: "CRL issuers SHOULD NOT issue CRLs that contain OIDs that exceed these requirements.",
    },
  ],
  why: "RFC 5280 requires software to support at least 20 arcs, each below 2^28, and 100 characters. An identifier beyond that, such as one made from a UUID under 2.25, may overflow in a client.",
  fix: "use an object identifier under your own arc (a private enterprise number), not one made from a UUID",
  examples: () => ({
    bad: [
      {
        title: "arc 2^28",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1.3.6.1.4.1.99999.268435456"), issuerCertificate: null }),
      },
      {
        title: "21 arcs",
        make: (kit) =>
          kit.crl({
            issuer: issuer(kit.der, "1.3.6.1.4.1.99999.1.1.1.1.1.1.1.1.1.1.1.1.1.1"),
            issuerCertificate: null,
          }),
      },
      {
        title: "an arc of 128 bits",
        make: (kit) =>
          kit.crl({ issuer: issuer(kit.der, "2.25.329800735698586629295641978511506172918"), issuerCertificate: null }),
      },
    ],
    good: [
      {
        title: "arc 2^28 - 1",
        make: (kit) => kit.crl({ issuer: issuer(kit.der, "1.3.6.1.4.1.99999.268435455"), issuerCertificate: null }),
      },
      {
        title: "20 arcs",
        make: (kit) =>
          kit.crl({ issuer: issuer(kit.der, "1.3.6.1.4.1.99999.1.1.1.1.1.1.1.1.1.1.1.1.1"), issuerCertificate: null }),
      },
    ],
  }),
});
