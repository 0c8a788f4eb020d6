import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/ecdsa-sha1-params-present",
  title: "ecdsa-with-SHA1 has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3279",
      section: "2.2.3",
      severity: "error",
      quote: "the encoding MUST omit the parameters field",
    },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/ecdsa-sha1-params-present");
  },
  why: "Verifiers that compare the AlgorithmIdentifier octet by octet with the one they know refuse the CRL.",
  fix: "leave out the parameters, and sign with the SHA-2 digest that goes with the curve",
  examples: {
    bad: [
      {
        title: "NULL behind ecdsa-with-SHA1",
        also: ["algorithm/sha1"],
        make: (kit) => {
          const padded = kit.der.raw("300b06072a8648ce3d04010500");
          const ca = kit.caWith({ key: "p256" });
          return kit.crl({ ca, algorithm: "ecdsa-with-SHA1", signature: padded, signatureAlgorithm: padded });
        },
      },
    ],
    good: [
      {
        title: "ecdsa-with-SHA1 alone",
        also: ["algorithm/sha1"],
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), algorithm: "ecdsa-with-SHA1" }),
      },
    ],
  },
});
