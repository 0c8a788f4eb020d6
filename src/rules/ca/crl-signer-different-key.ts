import { contents, octets, sameOctets } from "../../der/span.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { tellsOfCertificates } from "../../checks/covered.ts";
import type { GivenCertificate } from "../../given/given.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

/** Certificates whose signature is checked at the most: each costs a check of a public key. */
const tries = 4;

export default defineRule({
  id: "ca/crl-signer-different-key",
  title: "CRL is signed with another key than the certificates",
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
      section: "9",
      severity: "error",
      quote: "requires that the key used to sign an issued certificate be the same key used to sign the CRL",
    },
  ],
  create(ctx) {
    if (!tellsOfCertificates(ctx)) return;
    // What did not sign the CRL tells nothing of who signed the certificates.
    if (ctx.verification.verdict !== "valid") return;
    const other = findOther(ctx);
    if (other === undefined) return;
    reportCertificates(ctx, [other], {
      at: ctx.crl.signatureValue ?? ctx.crl.whole,
      path: "signatureValue",
      message: "the CRL is signed with the CA's key, and a certificate of the CRL's issuer with another one",
    });
  },
  why: "Many clients check the CRL with the key that has signed the certificate, and with no other: they take such a CRL for forged.",
  fix: "sign the CRL with the key that signs the certificates; after a change of the key, issue a CRL with either",
  examples: () => ({
    bad: [
      {
        title: "certificate of the CA's older key",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ parent: kit.caWith({ key: "rsa2048c" }) })] }),
      },
      {
        title: "certificate of another key, without authorityKeyIdentifier",
        make: (kit) =>
          kit.crl({ certificates: [kit.certificate({ parent: kit.caWith({ key: "rsa2048c" }), aki: null })] }),
      },
    ],
    good: [
      {
        title: "certificate of the same key, without authorityKeyIdentifier",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: null })] }),
      },
      {
        title: "certificate of the same key whose signature is damaged",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ patch: (der) => der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1) })],
          }),
      },
      {
        title: "certificate that the CA issued itself with its older key",
        make: (kit) => {
          const older = kit.caWith({ key: "rsa2048c" });
          return kit.crl({
            certificates: [kit.certificate({ parent: older, subject: kit.ca.subject, cA: true, aki: null })],
          });
        },
      },
      { title: "one key", make: (kit) => kit.crl({ certificates: [kit.certificate()] }) },
      {
        title: "certificate of another CA",
        make: (kit) => kit.crl({ certificates: [kit.certificate(), kit.certificate({ parent: kit.otherCa })] }),
      },
    ],
  }),
});

/** The first certificate of the CRL's issuer that names another key, or none, and that the key behind the CRL has not signed. */
function findOther(ctx: Context<"ca" | "verifier" | "certificates">): GivenCertificate | undefined {
  const { subjectKeyIdentifier, source } = ctx.ca.certificate;
  const own = subjectKeyIdentifier && contents(source.bytes, subjectKeyIdentifier);
  // One that names the CRL's key and does not verify with it is damaged.
  const namesOwn = ({ certificate }: GivenCertificate): boolean => {
    const id = certificate.authorityKeyIdentifier?.keyIdentifier;
    return id !== undefined && own !== undefined && sameOctets(contents(certificate.source.bytes, id), own);
  };
  // Of the certificates that a CA issues itself when it changes its key, one is always of the other key.
  const candidates = ctx.certificates.issued.filter((given) => !given.certificate.selfIssued && !namesOwn(given));
  return candidates.slice(0, tries).find((given) => isSignedByOther(ctx, given));
}

function isSignedByOther({ ca, verifier }: Context<"ca" | "verifier">, { certificate }: GivenCertificate): boolean {
  const { source, tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  if (signatureAlgorithm === undefined || signatureValue === undefined) return false;
  const { verdict } = verifier.verify({
    publicKey: octets(ca.certificate.source.bytes, ca.certificate.publicKey),
    algorithm: octets(source.bytes, signatureAlgorithm),
    data: octets(source.bytes, tbsCertificate),
    signature: octets(source.bytes, signatureValue),
  });
  return verdict === "invalid";
}
