import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/rsa-legacy-params-not-null",
  title: "RSA with MD2, MD5 or SHA-1, and parameters other than NULL",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3279",
      section: "2.2.1",
      severity: "error",
      quote: "the parameters component of that type SHALL be the ASN.1 type NULL",
    },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/rsa-legacy-params-not-null");
  },
  why: "Verifiers that compare the AlgorithmIdentifier octet by octet with the one they know refuse the CRL.",
  fix: "sign with sha256WithRSAEncryption and NULL parameters, `30 0d 06 09 2a 86 48 86 f7 0d 01 01 0b 05 00`",
  examples: {
    bad: [
      {
        title: "sha1WithRSAEncryption without NULL",
        also: ["algorithm/sha1"],
        make: (kit) => {
          const bare = kit.der.raw("300b06092a864886f70d010105");
          return kit.crl({ algorithm: "sha1WithRSAEncryption", signature: bare, signatureAlgorithm: bare });
        },
      },
    ],
    good: [
      {
        title: "sha1WithRSAEncryption with NULL",
        also: ["algorithm/sha1"],
        make: (kit) => kit.crl({ algorithm: "sha1WithRSAEncryption" }),
      },
    ],
  },
});
