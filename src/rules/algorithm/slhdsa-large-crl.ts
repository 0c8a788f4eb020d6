import { algorithmName, findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { defineRule } from "../../rule/rule.ts";

/** Octets of a tbsCertList from which on a signer is warned: 512 KiB. The RFC gives no number; devices differ. */
const large = 2 ** 19;

export default defineRule({
  id: "algorithm/slhdsa-large-crl",
  title: "large CRL signed with pure SLH-DSA",
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
    if (size < large || findSignatureAlgorithm(signature.oid ?? "")?.family !== "slh-dsa") return;
    const message = `tbsCertList of ${size} octets is signed with ${algorithmName(signature.oid ?? "")} in one piece`;
    ctx.report({ at: signature, path: "tbsCertList.signature", message });
  },
  why: "Pure SLH-DSA goes over the whole message twice, so that an HSM must take the whole tbsCertList in one piece. Beyond some size it refuses.",
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
        title: "three entries under id-slh-dsa-sha2-128s",
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
