import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/shake-params-present",
  title: "signature algorithm with SHAKE has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc8692",
      section: "3, 4.1",
      severity: "error",
      quote: "The parameters for the four identifiers above MUST be absent.",
    },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/shake-params-present");
  },
  why: "Everything that RSASSA-PSS and ECDSA leave open is fixed by these OIDs. Verifiers refuse parameters behind them.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind id-RSASSA-PSS-SHAKE128",
        make: (kit) => {
          const padded = kit.der.raw("300c06082b0601050507061e0500");
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
        title: "id-ecdsa-with-shake256 alone",
        make: (kit) => {
          const alone = kit.der.raw("300a06082b06010505070621");
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
