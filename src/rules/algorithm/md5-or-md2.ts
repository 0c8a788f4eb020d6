import { algorithmName, findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { allLists } from "../../checks/algorithm-lists.ts";
import { findIdentifier, isMisstated } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/md5-or-md2",
  title: "CRL is signed with MD5 or MD2",
  looksAt: ["signature", "uncommon algorithm"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }, ...allLists],
  create(ctx) {
    const found = findIdentifier(ctx, (_, oid) => /^md[25]$/u.test(findSignatureAlgorithm(oid)?.hash ?? ""));
    if (found === undefined || isMisstated(ctx, "algorithm")) return;
    ctx.report({
      ...found.place,
      message: `CRL is signed with ${algorithmName(found.oid)}, whose signatures can be forged`,
    });
  },
  why: "MD5 collisions can be found on a laptop in seconds, and were used to forge CA certificates. Such a signature proves nothing.",
  fix: "sign with SHA-256 or longer",
  examples: () => ({
    bad: [
      { title: "md5WithRSAEncryption", make: (kit) => kit.crl({ algorithm: "md5WithRSAEncryption" }) },
      {
        title: "md5WithRSAEncryption under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ algorithm: "md5WithRSAEncryption" }),
      },
      {
        title: "md2WithRSAEncryption",
        make: (kit) => {
          const md2 = kit.der.raw("300d06092a864886f70d0101020500");
          return kit.crl({ signature: md2, signatureAlgorithm: md2, options: { signature: "ignore" } });
        },
      },
    ],
    good: [{ title: "sha256WithRSAEncryption", make: (kit) => kit.crl() }],
  }),
});
