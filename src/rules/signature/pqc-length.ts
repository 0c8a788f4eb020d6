import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";
import { reportSignatureFault } from "../../checks/signature-fault.ts";

/** Returns a CRL with this algorithm and signature length; without a CA certificate, nothing is verified. */
function pqc(kit: Kit, algorithm: string, length: number): CrlCase {
  const identifier = kit.der.seq(kit.der.oid(algorithm));
  return kit.crl({
    signature: identifier,
    signatureAlgorithm: identifier,
    signatureValue: new Uint8Array(length).fill(0x5a, 1),
    issuerCertificate: null,
  });
}

export default defineRule({
  id: "signature/pqc-length",
  title: "ML-DSA or SLH-DSA signature has the wrong length",
  looksAt: ["signatureAlgorithm", "signatureValue", "faults"],
  requirements: [
    { source: "rfc5280", document: "rfc9881", section: "4", severity: "error" },
    { source: "rfc5280", document: "rfc9909", section: "4", severity: "error" },
  ],
  create: (ctx) => reportSignatureFault(ctx, "signature/pqc-length"),
  why: "All signatures of one parameter set have the same length. A signature of another length was cut, wrapped, or made with another parameter set.",
  fix: "put the bytes of the signature directly into the BIT STRING, and name the parameter set of the key",
  examples: () => ({
    bad: [
      { title: "ML-DSA-44, 2419 bytes", make: (kit) => pqc(kit, "2.16.840.1.101.3.4.3.17", 2419) },
      { title: "ML-DSA-44, 2421 bytes", make: (kit) => pqc(kit, "2.16.840.1.101.3.4.3.17", 2421) },
      { title: "SLH-DSA-SHA2-128s, 7855 bytes", make: (kit) => pqc(kit, "2.16.840.1.101.3.4.3.20", 7855) },
    ],
    good: [
      { title: "ML-DSA-44, 2420 bytes", make: (kit) => pqc(kit, "2.16.840.1.101.3.4.3.17", 2420) },
      { title: "SLH-DSA-SHA2-128s, 7856 bytes", make: (kit) => pqc(kit, "2.16.840.1.101.3.4.3.20", 7856) },
    ],
  }),
});
