import { findSignatureAlgorithm, isUnsigned } from "../../algorithm/signature-algorithm.ts";
import { allLists } from "../../checks/algorithm-lists.ts";
import { findIdentifier } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/unknown",
  title: "signature algorithm is unknown",
  looksAt: ["signature", "uncommon algorithm"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }, ...allLists],
  create(ctx) {
    const found = findIdentifier(ctx, (_, oid) => findSignatureAlgorithm(oid) === undefined && !isUnsigned(oid));
    if (found === undefined) return;
    ctx.report({
      ...found.place,
      message: `signature algorithm ${found.oid} is unknown; the signature cannot be verified`,
    });
  },
  why: "No RFC of the Internet PKI defines this OID. Neither crllint nor most clients can verify the signature.",
  fix: "sign with an algorithm that the verifiers of this CRL are known to support",
  examples: () => ({
    bad: [
      {
        title: "OID 1.2.3.4",
        make: (kit) => {
          const odd = kit.der.raw("300506032a0304");
          return kit.crl({ signature: odd, signatureAlgorithm: odd });
        },
      },
      {
        title: "OID 1.2.3.4 under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const odd = kit.der.raw("300506032a0304");
          return kit.crl({ signature: odd, signatureAlgorithm: odd });
        },
      },
    ],
    good: [
      {
        title: "SM2 with SM3, named by GM/T 0006",
        make: (kit) => {
          const sm2 = kit.der.raw("300a06082a811ccf55018375");
          return kit.crl({ signature: sm2, signatureAlgorithm: sm2, issuerCertificate: null });
        },
      },
    ],
  }),
});
