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
  why: "RFC 8017 requires verifiers to reject every other length. Software that removes leading zero bytes makes such a signature once in 256 times.",
  fix: "encode the signature in as many bytes as the modulus has, including leading zeros",
  examples: () => ({
    bad: [
      {
        title: "255 bytes, key of 2048 bits",
        make: (kit) => kit.crl({ signatureValue: (valid) => valid.subarray(1) }),
      },
      {
        title: "257 bytes, key of 2048 bits",
        make: (kit) => kit.crl({ signatureValue: (valid) => kit.der.concat(kit.der.raw("00"), valid) }),
      },
    ],
    good: [
      { title: "256 bytes, key of 2048 bits", make: (kit) => kit.crl() },
      { title: "RSASSA-PSS", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) },
    ],
  }),
});
