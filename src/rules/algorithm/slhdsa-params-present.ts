import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/slhdsa-params-present",
  title: "SLH-DSA has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc9909",
      section: "3",
      severity: "error",
      quote: "The contents of the parameters component for each algorithm MUST be absent.",
    },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/slhdsa-params-present");
  },
  why: "Verifiers refuse any parameters here; the OID fixes the parameter set.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind id-slh-dsa-sha2-128s",
        make: (kit) => {
          const padded = kit.der.raw("300d06096086480165030403140500");
          return kit.crl({
            signature: padded,
            signatureAlgorithm: padded,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "NULL behind id-hash-slh-dsa-shake-256f-with-shake256",
        make: (kit) => {
          const padded = kit.der.raw("300d060960864801650304032e0500");
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
        title: "id-slh-dsa-shake-256f alone",
        make: (kit) => {
          const alone = kit.der.raw("300b060960864801650304031f");
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
