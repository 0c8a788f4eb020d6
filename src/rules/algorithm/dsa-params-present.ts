import { findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

/** With SHA-224 and SHA-256. */
const sha2: Requirement = {
  source: "rfc5280",
  document: "rfc5758",
  section: "3.1",
  severity: "error",
  quote: "the encoding SHALL omit the parameters field",
};

/** With SHA-1. */
const sha1: Requirement = { source: "rfc5280", document: "rfc3279", section: "2.2.2", severity: "error" };

export default defineRule({
  id: "algorithm/dsa-params-present",
  title: "DSA signature algorithm has parameters",
  needs: ["signature"],
  requirements: [sha2, sha1],
  when: "faults",
  create(ctx) {
    const own = findSignatureAlgorithm(ctx.signature.oid ?? "")?.hash === "sha1" ? sha1 : sha2;
    reportParameters(ctx, "algorithm/dsa-params-present", (requirement) => requirement === own);
  },
  why: "The parameters of DSA belong to the public key. Verifiers that compare the AlgorithmIdentifier octet by octet refuse the CRL.",
  fix: "leave out the parameters: the AlgorithmIdentifier is a SEQUENCE of the OID alone",
  examples: {
    bad: [
      {
        title: "NULL behind id-dsa-with-sha256",
        make: (kit) => {
          const padded = kit.der.raw("300d06096086480165030403020500");
          return kit.crl({
            signature: padded,
            signatureAlgorithm: padded,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "NULL behind id-dsa-with-sha1",
        also: ["algorithm/sha1"],
        make: (kit) => {
          const padded = kit.der.raw("300b06072a8648ce3804030500");
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
        title: "id-dsa-with-sha256 alone",
        make: (kit) => {
          const alone = kit.der.raw("300b0609608648016503040302");
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
