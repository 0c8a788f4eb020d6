import { reportParameters } from "../../lint/report-parameters.ts";
import { defineRule } from "../../lint/rule.ts";

export default defineRule({
  id: "algorithm/dsa-params-present",
  title: "DSA signature algorithm has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc5758",
      section: "3.1",
      severity: "error",
      quote: "the encoding SHALL omit the parameters field",
    },
  ],
  why: "The parameters of DSA belong to the public key. Verifiers that compare the AlgorithmIdentifier octet by octet refuse the CRL.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind id-dsa-with-sha256",
        make: (kit) => {
          const padded = kit.der.raw("300d06096086480165030403020500");
          return kit.crl({ signature: padded, signatureAlgorithm: padded, issuerCertificate: null });
        },
      },
    ],
    good: [
      {
        title: "id-dsa-with-sha256 alone",
        make: (kit) => {
          const alone = kit.der.raw("300b0609608648016503040302");
          return kit.crl({ signature: alone, signatureAlgorithm: alone, issuerCertificate: null });
        },
      },
    ],
  },
  create(ctx) {
    reportParameters(ctx, "algorithm/dsa-params-present");
  },
});
