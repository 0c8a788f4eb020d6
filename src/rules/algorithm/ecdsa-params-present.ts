import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/ecdsa-params-present",
  title: "ECDSA with SHA-2 has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc5758",
      section: "3.2",
      severity: "error",
      quote: "the encoding MUST omit the parameters field",
    },
    {
      source: "mozilla",
      section: "5.1.2",
      severity: "error",
      quote: "Certificates MUST NOT include a NULL parameter.",
    },
    algorithmLists["tls-br"],
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/ecdsa-params-present");
  },
  why: "A NULL is right behind RSA and wrong behind ECDSA. Verifiers that compare the AlgorithmIdentifier octet by octet refuse the CRL.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind ecdsa-with-SHA256",
        make: (kit) => {
          const padded = kit.der.raw("300c06082a8648ce3d0403020500");
          return kit.crl({ ca: kit.caWith({ key: "p256" }), signature: padded, signatureAlgorithm: padded });
        },
      },
      {
        title: "NULL behind ecdsa-with-SHA256, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const padded = kit.der.raw("300c06082a8648ce3d0403020500");
          return kit.crl({ ca: kit.caWith({ key: "p256" }), signature: padded, signatureAlgorithm: padded });
        },
      },
    ],
    good: [{ title: "ecdsa-with-SHA384 alone", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }) }) }],
  },
});
