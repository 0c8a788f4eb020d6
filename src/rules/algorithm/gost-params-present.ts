import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/gost-params-present",
  title: "GOST R 34.10 signature algorithm has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc9215",
      section: "2.1-2.2",
      severity: "error",
      quote: "the encoding MUST omit the parameters field",
    },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/gost-params-present");
  },
  why: "The parameters of GOST R 34.10 belong to the public key. Verifiers that compare the AlgorithmIdentifier octet by octet refuse the CRL.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind GOST R 34.10-2012 with a key of 256 bits",
        make: (kit) => {
          const padded = kit.der.raw("300c06082a850307010103020500");
          return kit.crl({ signature: padded, signatureAlgorithm: padded, issuerCertificate: null });
        },
      },
    ],
    good: [
      {
        title: "GOST R 34.10-2012 with a key of 512 bits alone",
        make: (kit) => {
          const alone = kit.der.raw("300a06082a85030701010303");
          return kit.crl({ signature: alone, signatureAlgorithm: alone, issuerCertificate: null });
        },
      },
    ],
  },
});
