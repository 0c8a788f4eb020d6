import { defineRule } from "../../rule/rule.ts";
import { reportSignatureFault } from "../../checks/signature-fault.ts";

export default defineRule({
  id: "signature/malformed-value",
  title: "RSA signature is not as long as the modulus",
  looksAt: ["ca", "signatureAlgorithm", "signatureValue", "faults"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc8017",
      section: "8.2.1",
      severity: "error",
      quote: "signature, an octet string of length k, where k is the length in octets of the RSA modulus n",
    },
  ],
  create: (ctx) => reportSignatureFault(ctx, "signature/malformed-value"),
  why: "RFC 8017 has verifiers refuse every other length. Software that cuts leading zero octets makes such a signature once in 256 times.",
  fix: "encode the signature in as many octets as the modulus has, leading zeros included",
  examples: () => ({
    bad: [
      {
        title: "255 octets by a key of 2048 bits",
        make: (kit) => kit.crl({ signatureValue: (sound) => sound.subarray(1) }),
      },
      {
        title: "257 octets by a key of 2048 bits",
        make: (kit) => kit.crl({ signatureValue: (sound) => kit.der.concat(kit.der.raw("00"), sound) }),
      },
    ],
    good: [
      { title: "256 octets by a key of 2048 bits", make: (kit) => kit.crl() },
      { title: "RSASSA-PSS", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) },
    ],
  }),
});
