import type { PublicKey } from "../../algorithm/public-key.ts";
import {
  algorithmName,
  canSign,
  curveName,
  findSignatureAlgorithm,
  keyFamily,
} from "../../algorithm/signature-algorithm.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

const edwards: Requirement = {
  source: "smime-br",
  section: "7.1.3.2.3",
  severity: "error",
  from: "2023-09-01",
  quote: "If the signing key is Curve25519, the signature algorithm SHALL be id-Ed25519 (OID: 1.3.101.112).",
};

const mlDsa: Requirement = {
  source: "smime-br",
  section: "7.1.3.2.4",
  severity: "error",
  from: "2025-08-22",
  quote: "If the signing key is ML-DSA-44, the signature algorithm SHALL be id-ml-dsa-44",
};

export default defineRule({
  id: "algorithm/key-type-mismatch",
  title: "signature algorithm does not match the type of the CA's key",
  looksAt: ["ca", "signature"],
  requirements: [{ source: "rfc5280", section: "5.1.1.2", severity: "error" }, edwards, mlDsa],
  create(ctx) {
    // A signature is verified with the outer identifier; a bare TBSCertList has only the inner one.
    const outer = ctx.crl.signatureAlgorithm;
    const identifier = outer ?? ctx.signature;
    const algorithm = findSignatureAlgorithm(identifier.oid ?? "");
    const { publicKey } = ctx.ca.certificate;
    if (algorithm === undefined || canSign(publicKey, algorithm) !== false) return;
    const family = keyFamily(publicKey.oid ?? "");
    const violates = ctx.requirements.filter((requirement) => {
      if (requirement === edwards) return family === "ed25519" || family === "ed448";
      return requirement === mlDsa ? family === "ml-dsa" : true;
    });
    ctx.report({
      at: identifier,
      path: outer === undefined ? "tbsCertList.signature" : "signatureAlgorithm",
      message: `${algorithm.name} cannot be used with the CA's key, which is ${describeKey(publicKey)}`,
      violates,
      related: [{ at: publicKey, path: "tbsCertificate.subjectPublicKeyInfo", artefact: ctx.ca.artefact }],
      notes: namesAnotherKey(ctx)
        ? ["authorityKeyIdentifier also names another key: the certificate given may be for another key of the same CA"]
        : [],
    });
  },
  why: "A key cannot make a signature of another type. Either the AlgorithmIdentifier has the wrong algorithm, or another key signed the CRL. No client can verify the signature.",
  fix: "set tbsCertList.signature and signatureAlgorithm to the algorithm that the CA's key signs with",
  examples: () => ({
    bad: [
      {
        title: "ecdsa-with-SHA256 on a CRL of a CA with an RSA key",
        make: (kit) => {
          const ecdsa = kit.algorithm("ecdsa-with-SHA256");
          return kit.crl({ signature: ecdsa, signatureAlgorithm: ecdsa });
        },
      },
      {
        title: "id-Ed448 with an Ed25519 key under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => {
          const ed448 = kit.algorithm("ed448");
          return kit.crl({ ca: kit.caWith({ key: "ed25519" }), signature: ed448, signatureAlgorithm: ed448 });
        },
      },
      {
        title: "PKCS#1 v1.5 with a key that is for RSASSA-PSS only",
        make: (kit) => {
          const pssKey = kit.der.seq(
            kit.der.seq(kit.der.oid("1.2.840.113549.1.1.10")),
            kit.publicKey("rsa2048").slice(19),
          );
          return kit.crl({ ca: kit.caWith({ spki: pssKey }), options: { signature: "ignore" } });
        },
      },
      {
        title: "id-ml-dsa-65 with an ML-DSA-44 key under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => {
          const key = kit.der.seq(kit.der.raw("300b0609608648016503040311"), kit.der.bitString(new Uint8Array(1312)));
          const mlDsa65 = kit.der.raw("300b0609608648016503040312");
          const ca = kit.caWith({ spki: key });
          return kit.crl({ ca, signature: mlDsa65, signatureAlgorithm: mlDsa65, options: { signature: "ignore" } });
        },
      },
      {
        title: "sha256WithRSAEncryption on a CRL of a CA with an EC key",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256" }),
            signature: kit.algorithm("sha256WithRSAEncryption"),
            signatureAlgorithm: kit.algorithm("sha256WithRSAEncryption"),
          }),
      },
      {
        title: "SM2 with an EC key on another curve",
        make: (kit) => {
          const sm2 = kit.algorithm("sm2-with-sm3");
          return kit.crl({ ca: kit.caWith({ key: "p256" }), signature: sm2, signatureAlgorithm: sm2 });
        },
      },
      {
        title: "id-Ed25519 with a key for X25519",
        make: (kit) => {
          const x25519 = kit.der.seq(kit.der.raw("300506032b656e"), kit.der.bitString(new Uint8Array(32)));
          const ed25519 = kit.algorithm("ed25519");
          return kit.crl({
            ca: kit.caWith({ spki: x25519 }),
            signature: ed25519,
            signatureAlgorithm: ed25519,
            signatureValue: kit.der.raw("5a".repeat(32) + "a5".repeat(32)),
          });
        },
      },
      {
        title: "the certificate given is for an EC key, and authorityKeyIdentifier names another key",
        make: (kit) => kit.crl({ issuerCertificate: kit.caWith({ key: "p256" }).certificate }),
      },
      {
        title: "a CRL before it is signed",
        make: (kit) => kit.crl({ form: "tbs", signature: kit.algorithm("ecdsa-with-SHA256") }),
      },
    ],
    good: [
      { title: "RSASSA-PSS with an RSA key", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) },
      {
        title: "SM2 with an EC key on the curve of SM2",
        make: (kit) => {
          const sm2 = kit.algorithm("sm2-with-sm3");
          return kit.crl({ ca: kit.caWith({ key: "sm2" }), signature: sm2, signatureAlgorithm: sm2 });
        },
      },
      { title: "Ed448 with an Ed448 key", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed448" }) }) },
    ],
  }),
});

function describeKey({ oid = "", curve }: PublicKey): string {
  const named = algorithmName(oid);
  if (named !== oid) return `for ${named} only`;
  const family = keyFamily(oid);
  if (family === "ec") return curve === undefined ? "an EC key" : `an EC key on ${curveName(curve)}`;
  if (family === "none") return "for key agreement or encryption and cannot sign";
  return family === "rsa" ? "an RSA key" : "a DSA key";
}
