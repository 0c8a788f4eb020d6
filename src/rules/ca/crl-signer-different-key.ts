import { bytesOf, contents, sameBytes } from "../../der/span.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

/** Maximum number of certificates whose signature is verified: each requires a public-key operation. */
const maximumVerified = 4;

export default defineRule({
  id: "ca/crl-signer-different-key",
  title: "CRL is signed with a different key than the certificates",
  looksAt: ["ca", "verification", "verifier", "certificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.3",
      severity: "notice",
      quote: "MAY use separate private keys to digitally sign certificates and CRLs",
    },
    {
      source: "rpki",
      section: "10",
      severity: "error",
      quote: "requires that the key used to sign an issued certificate be the same key used to sign the CRL",
    },
  ],
  create(ctx) {
    if (!reportsCertificateErrors(ctx)) return;
    // A key that did not sign the CRL shows nothing about the certificates.
    if (ctx.verification.verdict !== "valid") return;
    const other = findOther(ctx);
    if (other === undefined) return;
    reportCertificates(ctx, [other], {
      at: ctx.crl.signatureValue ?? ctx.crl.whole,
      path: "signatureValue",
      message: "the CRL is signed with the CA's key, but a certificate of the CRL issuer is signed with another key",
    });
  },
  why: "Many clients verify a CRL only with the key that signed the certificate. They treat this CRL as forged.",
  fix: "sign the CRL with the key that signs the certificates; after a key change, issue one CRL with each key",
  examples: () => ({
    bad: [
      {
        title: "certificate signed with the CA's older key",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ parent: kit.caWith({ key: "rsa2048c" }) })] }),
      },
      {
        title: "certificate signed with another key, without authorityKeyIdentifier",
        make: (kit) =>
          kit.crl({ certificates: [kit.certificate({ parent: kit.caWith({ key: "rsa2048c" }), aki: null })] }),
      },
    ],
    good: [
      {
        title: "certificate signed with the same key, without authorityKeyIdentifier",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: null })] }),
      },
      {
        title: "certificate that names the same key, with a damaged signature",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ patch: (der) => der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1) })],
          }),
      },
      {
        title: "certificate that the CA issued to itself with its older key",
        make: (kit) => {
          const older = kit.caWith({ key: "rsa2048c" });
          return kit.crl({
            certificates: [kit.certificate({ parent: older, subject: kit.ca.subject, cA: true, aki: null })],
          });
        },
      },
      {
        title: "CRL and certificate signed with one key",
        make: (kit) => kit.crl({ certificates: [kit.certificate()] }),
      },
      {
        title: "certificate of another CA",
        make: (kit) => kit.crl({ certificates: [kit.certificate(), kit.certificate({ parent: kit.otherCa })] }),
      },
    ],
  }),
});

/** Returns the first certificate of the CRL issuer that does not name the CRL's key and is not signed with it. */
function findOther(ctx: Context<"ca" | "verifier" | "certificates">): GivenCertificate | undefined {
  const { subjectKeyIdentifier, source } = ctx.ca.certificate;
  const own = subjectKeyIdentifier && contents(source.bytes, subjectKeyIdentifier);
  // A certificate that names the CRL's key, but whose signature does not verify with it, is damaged.
  const namesOwn = ({ certificate }: GivenCertificate): boolean => {
    const id = certificate.authorityKeyIdentifier?.keyIdentifier;
    return id !== undefined && own !== undefined && sameBytes(contents(certificate.source.bytes, id), own);
  };
  // When a CA changes its key, it issues itself a certificate that is signed with the other key.
  const candidates = ctx.certificates.issued.filter((given) => !given.certificate.selfIssued && !namesOwn(given));
  return candidates.slice(0, maximumVerified).find((given) => isSignedByOther(ctx, given));
}

function isSignedByOther({ ca, verifier }: Context<"ca" | "verifier">, { certificate }: GivenCertificate): boolean {
  const { source, tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  if (signatureAlgorithm === undefined || signatureValue === undefined) return false;
  const { verdict } = verifier.verify({
    publicKey: bytesOf(ca.certificate.source.bytes, ca.certificate.publicKey),
    algorithm: bytesOf(source.bytes, signatureAlgorithm),
    data: bytesOf(source.bytes, tbsCertificate),
    signature: bytesOf(source.bytes, signatureValue),
  });
  return verdict === "invalid";
}
