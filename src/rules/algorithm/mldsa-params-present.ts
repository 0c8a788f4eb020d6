import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/mldsa-params-present",
  title: "ML-DSA has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc9881",
      section: "2-3",
      severity: "error",
      quote: "The contents of the `parameters` component for each `algorithm` MUST be absent.",
    },
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/mldsa-params-present");
  },
  why: "Verifiers refuse any parameters here; the OID fixes the parameter set.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind id-ml-dsa-65",
        make: (kit) => {
          const padded = kit.der.raw("300d06096086480165030403120500");
          return kit.crl({
            signature: padded,
            signatureAlgorithm: padded,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
    good: [
      {
        title: "id-ml-dsa-87 alone",
        make: (kit) => {
          const alone = kit.der.raw("300b0609608648016503040313");
          return kit.crl({
            signature: alone,
            signatureAlgorithm: alone,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
  },
});
