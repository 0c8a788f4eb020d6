import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Makes the AlgorithmIdentifier of sha256WithRSAEncryption with these parameters. */
function rsa(der: Kit["der"], parameters: string): Uint8Array {
  return der.seq(der.oid("1.2.840.113549.1.1.11"), der.raw(parameters));
}

export default defineRule({
  id: "der/null-not-empty",
  title: "NULL has contents octets",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "8.8.2", severity: "error", quote: "The contents octets shall not contain any octets." },
  ],
  why: "Software compares the parameters of RSA algorithms byte by byte. If the NULL is not empty, the algorithm is not recognized.",
  fix: "encode NULL as `05 00`",
  examples: () => ({
    bad: [
      {
        title: "algorithm parameters 05 01 00",
        make: (kit) => kit.crl({ signature: rsa(kit.der, "050100"), signatureAlgorithm: rsa(kit.der, "050100") }),
      },
    ],
    good: [
      {
        title: "algorithm parameters 05 00",
        make: (kit) => kit.crl({ signature: rsa(kit.der, "0500"), signatureAlgorithm: rsa(kit.der, "0500") }),
      },
    ],
  }),
});
