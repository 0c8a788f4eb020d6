import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";
import { reportSignatureFault } from "../../checks/signature-fault.ts";

/** Order of P-256 (FIPS 186-4 D.1.2.3). */
const order = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;

/** Returns a CRL of a CA with a P-256 key, with this signatureValue. */
function ecdsa(kit: Kit, signatureValue: Uint8Array): CrlCase {
  return kit.crl({ ca: kit.caWith({ key: "p256" }), signatureValue });
}

export default defineRule({
  id: "signature/ecdsa-not-der",
  title: "ECDSA or DSA signature is not SEQUENCE { r, s } in DER",
  looksAt: ["signatureAlgorithm", "signatureValue", "faults"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3279",
      section: "2.2.3",
      severity: "error",
      quote:
        "To easily transfer these two values as one signature, they MUST be ASN.1 encoded using the following ASN.1 structure",
    },
  ],
  create: (ctx) => reportSignatureFault(ctx, "signature/ecdsa-not-der"),
  why: "Verifiers read r and s from DER. They reject other forms, such as those that cryptographic libraries and hardware return by default.",
  fix: "encode r and s as INTEGERs in a SEQUENCE, both positive, minimal and below the order of the curve",
  examples: () => ({
    bad: [
      { title: "r and s concatenated", make: (kit) => ecdsa(kit, new Uint8Array(64).fill(0x11, 0, 32).fill(0x22, 32)) },
      {
        title: "r with a needless 00",
        make: (kit) => ecdsa(kit, kit.der.seq(kit.der.raw("02020011"), kit.der.int(5))),
      },
      { title: "r negative", make: (kit) => ecdsa(kit, kit.der.seq(kit.der.int(-5), kit.der.int(5))) },
      { title: "s zero", make: (kit) => ecdsa(kit, kit.der.seq(kit.der.int(5), kit.der.int(0))) },
      {
        title: "s equal to the order of the curve",
        make: (kit) => ecdsa(kit, kit.der.seq(kit.der.int(5), kit.der.int(order))),
      },
      {
        title: "bytes after s",
        make: (kit) => ecdsa(kit, kit.der.seq(kit.der.int(5), kit.der.int(5), kit.der.nul())),
      },
    ],
    good: [
      { title: "signature in DER", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }) }) },
      { title: "P-384", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }) }) },
    ],
  }),
});
