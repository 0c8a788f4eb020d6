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
  why: "An Ed25519 signature has 64 octets and an Ed448 signature 114, and they stand in the BIT STRING as they are. Anything else is a bad signature.",
  fix: "put the octets of the signature into the BIT STRING, without an OCTET STRING around them",
  examples: () => ({
    bad: [
      {
        title: "OCTET STRING around the signature",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }), signatureValue: kit.der.octetString }),
      },
      {
        title: "Ed25519 of 63 octets",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }), signatureValue: (sound) => sound.subarray(1) }),
      },
      {
        title: "Ed448 of 115 octets",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "ed448" }),
            signatureValue: (sound) => kit.der.concat(sound, kit.der.raw("01")),
          }),
      },
    ],
    good: [
      { title: "Ed25519 of 64 octets", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }) },
      { title: "Ed448 of 114 octets", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed448" }) }) },
    ],
  }),
});
