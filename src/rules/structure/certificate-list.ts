import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/certificate-list",
  title: "CertificateList does not have its three fields",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1",
      severity: "error",
      quote: "The CertificateList is a SEQUENCE of three required fields.",
    },
    {
      source: "etsi",
      section: "6.6.2 OVR-6.6.2-01",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509",
    },
  ],
  why: "If tbsCertList, signatureAlgorithm or signatureValue is missing, clients cannot verify the CRL.",
  fix: "encode SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }",
  examples: () => ({
    bad: [
      {
        title: "no signatureValue",
        make: (kit) => kit.crl({ patch: (crl) => kit.der.seq(crl.subarray(4, crl.length - 261)) }),
      },
      { title: "no signatureAlgorithm", make: (kit) => kit.crl({ signatureAlgorithm: null }) },
    ],
    good: [{ title: "valid CRL", make: (kit) => kit.crl() }],
  }),
});
