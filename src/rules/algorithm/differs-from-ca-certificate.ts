import { algorithmName, findSignatureAlgorithm, keyFamily } from "../../algorithm/signature-algorithm.ts";
import type { Certificate } from "../../cert/certificate.ts";
import { Cursor } from "../../der/cursor.ts";
import { readOid } from "../../der/oid.ts";
import { Tag } from "../../der/tag.ts";
import { quiet } from "../../extension/quiet.ts";
import { outerTwin } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/differs-from-ca-certificate",
  title: "CRL is signed with another algorithm than the CA certificate",
  looksAt: ["ca", "signature"],
  requirements: [
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "error",
      quote: "Must match the Issuer Signature Algorithm of the CA's certificate.",
    },
  ],
  create(ctx) {
    const { certificate, sameKey, artefact } = ctx.ca;
    const own = ctx.signature.oid ?? "";
    const theirs = sameKey.map((given) => signatureOid(given.certificate));
    const [first] = theirs;
    if (first === undefined || theirs.includes(own)) return;
    // A key of another kind than the parent's cannot sign as the parent did.
    if (findSignatureAlgorithm(first)?.family !== keyFamily(certificate.publicKey.oid ?? "")) return;
    ctx.report({
      at: ctx.signature,
      path: "tbsCertList.signature",
      message: `CRL is signed with ${algorithmName(own)}, the CA certificate with ${algorithmName(first)}`,
      related: [...outerTwin(ctx), { at: certificate.signature, path: "tbsCertificate.signature", artefact }],
      // The text is a draft of 2017, and a cross-certificate that was not given may carry the algorithm.
      atMost: "warning",
    });
  },
  why: "Relying parties of the Federal PKI are told to expect one algorithm for a CA's certificate and for its CRLs.",
  fix: "sign the CRL with the algorithm by which the CA certificate is signed",
  examples: () => ({
    bad: [
      {
        title: "SHA-384 where the CA certificate is signed with SHA-256",
        make: (kit) => kit.crl({ algorithm: "sha384WithRSAEncryption" }),
      },
    ],
    good: [
      { title: "SHA-256 for both", make: (kit) => kit.crl() },
      {
        title: "an EC key certified by an RSA key: the two cannot match",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }) }),
      },
    ],
  }),
});

/** OID of the algorithm by which a certificate is signed. */
function signatureOid({ source, signature }: Certificate): string | undefined {
  const silent = quiet(source);
  const id = Cursor.inside(silent, signature, "tbsCertificate.signature").take(Tag.oid, "algorithm");
  return id && readOid(silent, id, "tbsCertificate.signature.algorithm");
}
