import { defineRule } from "../../rule/rule.ts";
import { reportSignatureFault } from "../../checks/signature-fault.ts";

export default defineRule({
  id: "signature/eddsa-length",
  title: "EdDSA signature has the wrong length",
  looksAt: ["signatureAlgorithm", "signatureValue", "faults"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc8410",
      section: "6",
      severity: "error",
      quote: "is encoded directly in the BIT STRING without adding any additional ASN.1 wrapping",
    },
  ],
  create: (ctx) => reportSignatureFault(ctx, "signature/eddsa-length"),
  why: "An Ed25519 signature has 64 bytes and an Ed448 signature has 114, directly in the BIT STRING. Anything else does not verify.",
  fix: "put the bytes of the signature into the BIT STRING, without an OCTET STRING around them",
  examples: () => ({
    bad: [
      {
        title: "OCTET STRING around the signature",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }), signatureValue: kit.der.octetString }),
      },
      {
        title: "Ed25519, 63 bytes",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }), signatureValue: (valid) => valid.subarray(1) }),
      },
      {
        title: "Ed448, 115 bytes",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "ed448" }),
            signatureValue: (valid) => kit.der.concat(valid, kit.der.raw("01")),
          }),
      },
    ],
    good: [
      { title: "Ed25519, 64 bytes", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }) },
      { title: "Ed448, 114 bytes", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed448" }) }) },
    ],
  }),
});
