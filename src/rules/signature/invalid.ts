import { findParameterFaults } from "../../algorithm/parameter-faults.ts";
import { findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { modulusBits } from "../../cert/certificate.ts";
import type { Crl } from "../../crl/crl.ts";
import { matchesKeyIdentifier, verifySignature } from "../../given/pair.ts";
import { type Context, defineRule } from "../../rule/rule.ts";
import { belongsToKey, findSignatureFault } from "../../checks/signature-fault.ts";
import { formatName } from "../../name/format.ts";

type InvalidContext = Context<"ca" | "verification" | "verifier" | "signatureAlgorithm" | "signatureValue">;

export default defineRule({
  id: "signature/invalid",
  title: "signature does not verify",
  looksAt: ["ca", "verification", "verifier", "signatureAlgorithm", "signatureValue", "uncommon signature"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.3, 6.3.3",
      severity: "error",
      quote: "The signatureValue field contains a digital signature computed upon the ASN.1 DER encoded tbsCertList.",
    },
    {
      source: "etsi",
      section: "6.3.9",
      severity: "error",
      quote: "the CRL shall be signed by the CA or an entity designated by the TSP.",
    },
  ],
  create(ctx) {
    const { ca, crl, verification } = ctx;
    if (verification.verdict !== "invalid" || isExplained(ctx)) return;
    const { certificate, artefact } = ca;
    const names = matchesKeyIdentifier(crl, certificate);
    const subject = formatName(certificate.subject, certificate.source.bytes);
    ctx.report({
      at: ctx.signatureValue,
      path: "signatureValue",
      message: `the key of ${subject} does not verify the signature`,
      related: [{ at: certificate.publicKey, path: "tbsCertificate.subjectPublicKeyInfo", artefact }],
      notes: [...identifierNote(names), ...lengthNote(ctx), ...findSigner(ctx)],
      ...(names === false ? { help: "give the certificate of the key that signed, or sign with the CA's key" } : {}),
    });
  },
  why: "Every client refuses the CRL, and with it all that it revokes. Either octets were changed behind the signature, or another key signed than that of the CA certificate given.",
  fix: "sign the octets of the tbsCertList, as they are published, with the key of the issuing CA",
  examples: () => ({
    bad: [
      { title: "signed with the key of another CA", make: (kit) => kit.crl({ signingKey: "rsa2048c" }) },
      {
        title: "cRLNumber changed behind the signature",
        // Behind it stand signatureAlgorithm, 15 octets, and signatureValue, 261.
        make: (kit) => kit.crl({ patch: (crl) => crl.with(crl.length - 277, 0x68) }),
      },
      {
        title: "one bit of the signature",
        make: (kit) => kit.crl({ signatureValue: (sound) => sound.with(9, (sound[9] ?? 0) ^ 1) }),
      },
      { title: "signed with a key of another length", make: (kit) => kit.crl({ signingKey: "rsa1024" }) },
      {
        title: "inner and outer algorithm differ, and it is sound by neither",
        make: (kit) =>
          kit.crl({ signingKey: "rsa2048c", signatureAlgorithm: kit.algorithm("sha384WithRSAEncryption") }),
        also: ["algorithm/inner-outer-differ"],
      },
      {
        title: "signed with the key of another CA, and without authorityKeyIdentifier",
        make: (kit) => kit.crl({ signingKey: "rsa2048c", aki: null }),
        also: ["aki/missing"],
      },
      {
        title: "an ECDSA signature of another key",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), signingKey: "p256b" }),
      },
    ],
    good: [
      { title: "RSA", make: (kit) => kit.crl() },
      { title: "RSASSA-PSS", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha384" }) },
      { title: "ECDSA", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }) }) },
      { title: "Ed25519", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }) },
      {
        title: "signed with a throw-away key, and not to be checked",
        make: (kit) => kit.crl({ signingKey: "rsa2048c", options: { signature: "ignore" } }),
      },
      {
        title: "sound by the inner algorithm, which the outer does not repeat",
        make: (kit) =>
          kit.crl({
            algorithm: "sha256WithRSAEncryption",
            signatureAlgorithm: kit.algorithm("sha384WithRSAEncryption"),
          }),
        also: ["algorithm/inner-outer-differ"],
      },
    ],
  }),
});

/** Whether another rule says why the signature cannot verify. */
function isExplained(ctx: InvalidContext): boolean {
  const { ca, crl, bytes, signatureAlgorithm, verifier } = ctx;
  if (findSignatureFault(ctx) !== undefined) return true;
  const algorithm = findSignatureAlgorithm(signatureAlgorithm.oid ?? "");
  // algorithm/key-type-mismatch
  if (algorithm !== undefined && !belongsToKey(algorithm, ca)) return true;
  // algorithm/pss-params-missing: nothing says how it was signed.
  const unread = findParameterFaults(bytes, signatureAlgorithm);
  if (unread.some(({ rule }) => rule === "algorithm/pss-params-missing")) return true;
  // algorithm/inner-outer-differ: the signature is sound, and signatureAlgorithm names another algorithm.
  const inner = crl.signature;
  if (inner === undefined) return false;
  const asInner: Crl = { ...crl, signatureAlgorithm: inner };
  return verifySignature(asInner, ca.certificate, verifier).verdict === "valid";
}

function identifierNote(names: boolean | undefined): readonly string[] {
  if (names === undefined) return [];
  return names
    ? ["authorityKeyIdentifier names the key of this certificate"]
    : ["authorityKeyIdentifier names another key: this is probably not the certificate of the key that signed"];
}

/** RFC 8017 8.2.2: a signature of another length than the modulus is another key's. */
function lengthNote({ ca, signatureValue }: InvalidContext): readonly string[] {
  const bits = modulusBits(ca.certificate);
  if (bits === undefined) return [];
  const { start, end } = signatureValue.bits;
  const made = (end - start) * 8;
  return Math.ceil(bits / 8) * 8 === made ? [] : [`an RSA key of ${made} bits signed; the CA's has ${bits} bits`];
}

/** Names the certificates given whose key verifies the signature. */
function findSigner({ ca, crl, verifier }: InvalidContext): readonly string[] {
  return ca.others
    .filter(({ certificate }) => verifySignature(crl, certificate, verifier).verdict === "valid")
    .map(({ artefact, certificate }) => {
      const subject = formatName(certificate.subject, certificate.source.bytes);
      return `the key in ${artefact.name} (${subject}) verifies it`;
    });
}
