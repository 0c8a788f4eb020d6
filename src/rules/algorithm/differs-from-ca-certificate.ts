import { algorithmName, canSign, findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import type { Certificate } from "../../cert/certificate.ts";
import { Cursor } from "../../der/cursor.ts";
import { readOid } from "../../der/oid.ts";
import { Tag } from "../../der/tag.ts";
import { withoutErrorReports } from "../../extension/peek.ts";
import { equalOuter, isMisstated } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/differs-from-ca-certificate",
  title: "CRL is signed with a different algorithm than the CA certificate",
  looksAt: ["ca", "signature"],
  // Only a warning: the text is a draft of 2017, and a cross-certificate that was not given may have the same
  // algorithm.
  requirements: [
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "warning",
      quote: "Must match the Issuer Signature Algorithm of the CA's certificate.",
    },
  ],
  create(ctx) {
    const { certificate, sameKey, artefact } = ctx.ca;
    const own = ctx.signature.oid ?? "";
    const theirs = sameKey.map((given) => signatureOid(given.certificate));
    const [first] = theirs;
    if (first === undefined || theirs.includes(own) || isMisstated(ctx, "algorithm")) return;
    // A key of another type than that of the parent CA cannot sign with the parent's algorithm.
    const algorithm = findSignatureAlgorithm(first);
    if (algorithm === undefined || canSign(certificate.publicKey, algorithm) !== true) return;
    ctx.report({
      at: ctx.signature,
      path: "tbsCertList.signature",
      message: `CRL is signed with ${algorithmName(own)}, the CA certificate with ${algorithmName(first)}`,
      related: [...equalOuter(ctx), { at: certificate.signature, path: "tbsCertificate.signature", artefact }],
    });
  },
  why: "The Federal PKI profile lets relying parties expect the same algorithm for a CA's certificate and its CRLs.",
  fix: "sign the CRL with the signature algorithm of the CA certificate",
  examples: () => ({
    bad: [
      {
        title: "SHA-384, and a CA certificate signed with SHA-256",
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

/** Returns the OID of the algorithm that a certificate is signed with. */
function signatureOid({ source, signature }: Certificate): string | undefined {
  const silent = withoutErrorReports(source);
  const id = Cursor.inside(silent, signature, "tbsCertificate.signature").take(Tag.oid, "algorithm");
  return id && readOid(silent, id, "tbsCertificate.signature.algorithm");
}
