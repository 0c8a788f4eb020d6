import { isUnsigned } from "../../algorithm/signature-algorithm.ts";
import { findIdentifier } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/unsigned",
  title: "CRL names id-alg-unsigned, so it has no signature",
  looksAt: ["signature", "uncommon algorithm"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.3",
      severity: "error",
      quote: "The signatureValue field contains a digital signature computed upon the ASN.1 DER encoded tbsCertList.",
    },
    // Its id-alg-unsigned is for certificates; verifiers must reject it. The text that was read is the draft that
    // became the RFC.
    { source: "rfc5280", document: "rfc9925", section: "4", severity: "error" },
  ],
  create(ctx) {
    const found = findIdentifier(ctx, (_, oid) => isUnsigned(oid));
    if (found !== undefined) ctx.report(found.place);
  },
  why: "id-alg-unsigned is for certificates whose signature no software verifies. A CRL without a signature proves nothing, and clients that verify signatures reject it.",
  fix: "sign the CRL with the CA's key",
  examples: () => ({
    bad: [
      {
        title: "id-alg-unsigned in both places",
        make: (kit) => {
          const unsigned = kit.der.raw("300a06082b06010505070624");
          return kit.crl({
            signature: unsigned,
            signatureAlgorithm: unsigned,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
    good: [
      {
        title: "id-alg-xmssmt-hashsig, the OID before it",
        make: (kit) => {
          const alone = kit.der.raw("300a06082b06010505070623");
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
