import { algorithmName } from "../../algorithm/signature-algorithm.ts";
import { bytesOf, sameBytes } from "../../der/span.ts";
import { placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/algorithm-changed",
  title: "signature algorithm differs from that of the previous CRL",
  looksAt: ["predecessor", "signature"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { predecessor, signature, bytes } = ctx;
    const before = predecessor.crl.signature;
    if (before === undefined || before.oid === undefined || signature.oid === undefined) return;
    if (sameBytes(bytesOf(bytes, signature), bytesOf(predecessor.crl.source.bytes, before))) return;
    const [name, other] = [algorithmName(signature.oid), algorithmName(before.oid)];
    ctx.report({
      at: signature,
      path: "tbsCertList.signature",
      message:
        name === other
          ? `signature is ${name} as in the previous CRL, but with different parameters`
          : `signature is ${name}; the previous CRL has ${other}`,
      related: placeIn(predecessor, before, "tbsCertList.signature"),
    });
  },
  why: "After a migration this is expected. At any other time, the CRL was signed with a wrong profile, and clients that do not know the algorithm cannot use the CRL.",
  fix: "check that the change of algorithm was intended",
  examples: () => ({
    bad: [
      {
        title: "SHA-256 after SHA-384",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ algorithm: "sha384WithRSAEncryption" }) }),
      },
    ],
    good: [{ title: "same algorithm", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) }],
  }),
});
