import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/hash-based-params-present",
  title: "HSS/LMS or XMSS has parameters",
  looksAt: ["signature", "faults"],
  // The text that was read is the draft that became the RFC.
  requirements: [{ source: "rfc5280", document: "rfc9802", section: "7", severity: "error" }],
  create(ctx) {
    reportParameters(ctx, "algorithm/hash-based-params-present");
  },
  why: "The public key contains the parameters of HSS, XMSS and XMSS^MT. Verifiers reject parameters in the AlgorithmIdentifier.",
  fix: "omit the parameters: the AlgorithmIdentifier must be a SEQUENCE that contains only the OID",
  examples: () => ({
    bad: [
      {
        title: "NULL after id-alg-hss-lms-hashsig",
        make: (kit) => {
          const padded = kit.der.raw("300f060b2a864886f70d01091003110500");
          return kit.crl({
            signature: padded,
            signatureAlgorithm: padded,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "NULL after id-alg-xmss-hashsig",
        make: (kit) => {
          const padded = kit.der.raw("300c06082b060105050706220500");
          return kit.crl({
            signature: padded,
            signatureAlgorithm: padded,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "NULL after id-alg-xmssmt-hashsig",
        make: (kit) => {
          const padded = kit.der.raw("300c06082b060105050706230500");
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
        title: "id-alg-xmss-hashsig alone",
        make: (kit) => {
          const alone = kit.der.raw("300a06082b06010505070622");
          return kit.crl({
            signature: alone,
            signatureAlgorithm: alone,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
  }),
});
