import { findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { formatCount } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

/** Size in bytes at which a tbsCertList counts as large: 512 KiB. The RFC has no number, and devices differ. */
const large = 2 ** 19;

export default defineRule({
  id: "algorithm/slhdsa-large-crl",
  title: "large CRL is signed with pure SLH-DSA",
  looksAt: ["signature", "tbsCertList", "uncommon algorithm"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc9909",
      section: "8",
      severity: "notice",
      quote: "Large CRLs might also exceed the size limits of HSM signing operations when using Pure SLH-DSA.",
    },
  ],
  create(ctx) {
    const { signature, tbsCertList } = ctx;
    const size = tbsCertList.end - tbsCertList.start;
    const algorithm = findSignatureAlgorithm(signature.oid ?? "");
    if (size < large || algorithm?.family !== "slh-dsa" || algorithm.preHash !== undefined) return;
    const message = `tbsCertList of ${formatCount(size)} bytes is signed with ${algorithm.name} in one piece`;
    ctx.report({ at: signature, path: "tbsCertList.signature", message });
  },
  why: "Pure SLH-DSA processes the whole message twice, so an HSM must receive the whole tbsCertList in one piece. It rejects one above its size limit.",
  fix: "partition the CRL by issuingDistributionPoint, or use HashSLH-DSA",
  examples: () => ({
    bad: [
      {
        title: "15,000 entries under id-slh-dsa-sha2-128s",
        make: (kit) => {
          const slhDsa = kit.der.raw("300b0609608648016503040314");
          const entries = Array.from({ length: 15_000 }, () => ({ reason: 4 }));
          return kit.crl({
            entries,
            signature: slhDsa,
            signatureAlgorithm: slhDsa,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
    good: [
      {
        title: "3 entries under id-slh-dsa-sha2-128s",
        make: (kit) => {
          const slhDsa = kit.der.raw("300b0609608648016503040314");
          return kit.crl({
            signature: slhDsa,
            signatureAlgorithm: slhDsa,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "15,000 entries under sha256WithRSAEncryption",
        make: (kit) => kit.crl({ entries: Array.from({ length: 15_000 }, () => ({ reason: 4 })) }),
      },
    ],
  }),
});
