import { pssParametersOf } from "../../algorithm/parameter-faults.ts";
import { findForbidden } from "../../algorithm/pss-parameters.ts";
import { rsassaPss } from "../../algorithm/signature-algorithm.ts";
import { equalOuter, isMisstated, namesAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-key-params-mismatch",
  title: "RSASSA-PSS parameters are not those that the CA's key is restricted to",
  looksAt: ["ca", "signature", "uncommon algorithm"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "3.3",
      severity: "error",
      quote: "MUST match the parameters in the key structure algorithm identifier except the saltLength field",
    },
  ],
  create(ctx) {
    const { signature, bytes } = ctx;
    const { publicKey, source } = ctx.ca.certificate;
    if (signature.oid !== rsassaPss || publicKey.oid !== rsassaPss || namesAnotherKey(ctx)) return;
    if (isMisstated(ctx, "hashAlgorithm", "maskGenAlgorithm", "saltLength")) return;
    const own = pssParametersOf(bytes, signature);
    const wanted = pssParametersOf(source.bytes, publicKey);
    const difference = own && wanted && findForbidden(own, wanted);
    if (difference === undefined) return;
    ctx.report({
      at: signature.parameters ?? signature,
      path: "tbsCertList.signature.parameters",
      message: difference,
      related: [
        ...equalOuter(ctx),
        { at: publicKey.algorithm, path: "tbsCertificate.subjectPublicKeyInfo.algorithm", artefact: ctx.ca.artefact },
      ],
    });
  },
  why: "A key under id-RSASSA-PSS with parameters may be used only with the hash, mask and minimum salt length in its parameters. Verifiers reject any other signature.",
  fix: "sign with the hash and mask of the CA's subjectPublicKeyInfo, and a salt at least as long as its saltLength",
  examples: () => ({
    bad: [
      {
        title: "a key for SHA-384, a signature with SHA-256",
        make: (kit) => {
          const key = kit.der.seq(kit.algorithm("rsassa-pss-sha384"), kit.publicKey("rsa2048").slice(19));
          return kit.crl({
            ca: kit.caWith({ spki: key }),
            algorithm: "rsassa-pss-sha256",
            options: { signature: "ignore" },
          });
        },
      },
    ],
    good: [
      {
        title: "a key for SHA-256, a signature with SHA-256",
        make: (kit) => {
          const key = kit.der.seq(kit.algorithm("rsassa-pss-sha256"), kit.publicKey("rsa2048").slice(19));
          return kit.crl({ ca: kit.caWith({ spki: key }), algorithm: "rsassa-pss-sha256" });
        },
      },
      {
        title: "a key for any hash, a signature with SHA-512",
        make: (kit) => {
          const key = kit.der.seq(
            kit.der.seq(kit.der.oid("1.2.840.113549.1.1.10")),
            kit.publicKey("rsa2048").slice(19),
          );
          return kit.crl({ ca: kit.caWith({ spki: key }), algorithm: "rsassa-pss-sha512" });
        },
      },
    ],
  }),
});
