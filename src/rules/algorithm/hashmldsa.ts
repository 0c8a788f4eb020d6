import { algorithmName, isHashMlDsa } from "../../algorithm/signature-algorithm.ts";
import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { findIdentifier } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

const { "tls-br": tlsBr, mozilla, "cs-br": csBr, fpki, rpki, cnsa, icao } = algorithmLists;

export default defineRule({
  id: "algorithm/hashmldsa",
  title: "CRL is signed with HashML-DSA",
  looksAt: ["signature", "uncommon algorithm"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc9881",
      section: "8.3",
      severity: "error",
      quote: "The HashML-DSA mode defined in Section 5.4 of [FIPS204] MUST NOT be used",
    },
    {
      source: "smime-br",
      section: "7.1.3.2.4",
      severity: "error",
      from: "2025-08-22",
      quote: 'The CA MUST NOT use HashML-DSA; only "pure" ML-DSA is permitted.',
    },
    tlsBr,
    mozilla,
    csBr,
    fpki,
    rpki,
    cnsa,
    icao,
  ],
  create(ctx) {
    const found = findIdentifier(ctx, (_, oid) => isHashMlDsa(oid));
    if (found === undefined) return;
    ctx.report({
      ...found.place,
      message: `CRL is signed with ${algorithmName(found.oid)}, not with pure ML-DSA`,
    });
  },
  why: "The Internet PKI has only pure ML-DSA. Verifiers do not support the variant that first hashes the message.",
  fix: "sign with pure ML-DSA: id-ml-dsa-44, id-ml-dsa-65 or id-ml-dsa-87",
  examples: () => ({
    bad: [
      {
        title: "id-hash-ml-dsa-44-with-sha512",
        make: (kit) => {
          const hashed = kit.der.raw("300b0609608648016503040320");
          return kit.crl({
            signature: hashed,
            signatureAlgorithm: hashed,
            signatureValue: new Uint8Array(2420).fill(0x5a, 1),
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
      {
        title: "id-hash-ml-dsa-87-with-sha512 under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => {
          const hashed = kit.der.raw("300b0609608648016503040322");
          return kit.crl({
            signature: hashed,
            signatureAlgorithm: hashed,
            signatureValue: new Uint8Array(4627).fill(0x5a, 1),
            issuerCertificate: null,
            entries: [],
            options: { scope: "ca" },
          });
        },
      },
    ],
    good: [
      {
        title: "id-ml-dsa-44",
        make: (kit) => {
          const pure = kit.der.raw("300b0609608648016503040311");
          return kit.crl({
            signature: pure,
            signatureAlgorithm: pure,
            issuerCertificate: null,
            options: { signature: "ignore" },
          });
        },
      },
    ],
  }),
});
