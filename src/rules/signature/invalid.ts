import { findParameterFaults } from "../../algorithm/parameter-faults.ts";
import { canSign, findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { modulusBits } from "../../cert/certificate.ts";
import type { Crl } from "../../crl/crl.ts";
import { matchesKeyIdentifier, verifySignature } from "../../given/pair.ts";
import { type Context, defineRule, type Requirement } from "../../rule/rule.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import { findSignatureFault } from "../../checks/signature-fault.ts";
import { formatName } from "../../name/format.ts";
import type { Misstated } from "../../verify/verifier.ts";

type InvalidContext = Context<"ca" | "verification" | "verifier" | "signatureAlgorithm" | "signatureValue">;

const pss = { source: "rfc5280", document: "rfc4055", section: "3.1", severity: "error" } as const;

/** The requirements on what an AlgorithmIdentifier states. */
const onStated: Readonly<Record<Misstated, Requirement>> = {
  algorithm: {
    source: "rfc5280",
    section: "5.1.1.2",
    severity: "error",
    quote:
      "The signatureAlgorithm field contains the algorithm identifier for the algorithm used by the CRL issuer to sign the CertificateList.",
  },
  hashAlgorithm: { ...pss, quote: "The hashAlgorithm field identifies the hash function." },
  maskGenAlgorithm: {
    ...pss,
    quote:
      "MGF1 requires a one-way hash function that is identified in the parameters field of the MGF1 algorithm identifier.",
  },
  saltLength: { ...pss, quote: "The saltLength field is the octet length of the salt." },
};

const parts = Object.keys(onStated) as readonly Misstated[];

export default defineRule({
  id: "signature/invalid",
  core: "signature",
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
      section: "6.3.9 CSS-6.3.9-08",
      severity: "error",
      quote: "the CRL shall be signed by the CA or an entity designated by the TSP.",
    },
    ...Object.values(onStated),
  ],
  create(ctx) {
    const { ca, crl, verification } = ctx;
    if (verification.verdict !== "invalid" || isExplained(ctx)) return;
    const { certificate, artefact } = ca;
    const { apartFrom, misstated = [], why } = verification;
    const names = matchesKeyIdentifier(crl, certificate);
    const subject = formatName(certificate.subject, certificate.source.bytes);
    ctx.report({
      at: ctx.signatureValue,
      path: "signatureValue",
      message: apartFrom === undefined ? `signature does not verify with the key of ${subject}` : why,
      violates: ctx.requirements.filter((requirement) => {
        const part = parts.find((each) => onStated[each] === requirement);
        return part === undefined || misstated.includes(part);
      }),
      related: [{ at: certificate.publicKey, path: "tbsCertificate.subjectPublicKeyInfo", artefact }],
      notes: [...identifierNote(names), ...lengthNote(ctx), ...findSigner(ctx)],
      ...(names === false ? { help: "give the certificate of the key that signed, or sign with the CA's key" } : {}),
      ...(misstated.length > 0 ? { help: helpOnStated(misstated) } : {}),
    });
  },
  why: "Clients that verify the signature reject the CRL and all revocations in it. GnuTLS 3.7 in TLS mode, and curl 7.88 with GnuTLS, do not verify it. Bytes were changed after signing, the CRL was signed with a key other than that of the CA certificate given, or it states another algorithm than the signer used.",
  fix: "sign the bytes of the tbsCertList, exactly as published, with the key of the issuing CA",
  examples: () => ({
    bad: [
      { title: "signed with the key of another CA", make: (kit) => kit.crl({ signingKey: "rsa2048c" }) },
      {
        title: "cRLNumber changed after signing",
        // The byte is before signatureAlgorithm (15 bytes) and signatureValue (261 bytes).
        make: (kit) => kit.crl({ patch: (crl) => crl.with(crl.length - 277, 0x68) }),
      },
      {
        title: "one bit of the signature changed",
        make: (kit) => kit.crl({ signatureValue: (valid) => valid.with(9, (valid[9] ?? 0) ^ 1) }),
      },
      { title: "signed with a key of another length", make: (kit) => kit.crl({ signingKey: "rsa1024" }) },
      {
        title: "inner and outer algorithm differ, and the signature verifies with neither",
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
        title: "RSASSA-PSS with a salt of 32 bytes and saltLength 20",
        make: (kit) => {
          const said20 = kit.der.raw(
            "303c06092a864886f70d01010a302fa00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500",
          );
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: said20, signatureAlgorithm: said20 });
        },
      },
      {
        title: "RSASSA-PSS with MGF1 over SHA-256, and parameters without maskGenAlgorithm, whose DEFAULT is SHA-1",
        make: (kit) => {
          const withoutMask = kit.der.raw("302306092a864886f70d01010a3016a00f300d06096086480165030402010500a203020120");
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: withoutMask, signatureAlgorithm: withoutMask });
        },
      },
      {
        title: "RSASSA-PSS, but the algorithm is sha256WithRSAEncryption",
        make: (kit) => {
          const named = kit.algorithm("sha256WithRSAEncryption");
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: named, signatureAlgorithm: named });
        },
      },
      {
        title: "ECDSA on P-256 with SHA-256, but the algorithm is ecdsa-with-SHA384",
        make: (kit) => {
          const named = kit.algorithm("ecdsa-with-SHA384");
          return kit.crl({ ca: kit.caWith({ key: "p256" }), signature: named, signatureAlgorithm: named });
        },
      },
      {
        title: "ECDSA signature of another key",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), signingKey: "p256b" }),
      },
    ],
    good: [
      { title: "RSA", make: (kit) => kit.crl() },
      { title: "RSASSA-PSS", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha384" }) },
      { title: "ECDSA", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }) }) },
      { title: "Ed25519", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }) },
      {
        title: "ECDSA on brainpoolP256r1",
        profile: "etsi",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "brainpoolP256r1" }) }),
      },
      {
        title: "signed with a test key, with the signature ignored",
        make: (kit) => kit.crl({ signingKey: "rsa2048c", options: { signature: "ignore" } }),
      },
      {
        title: "signature that verifies with the inner algorithm, but the outer one differs",
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

function helpOnStated(misstated: readonly Misstated[]): string {
  const what = misstated.includes("algorithm") ? "the algorithm" : misstated.join(", ");
  return `set ${what} in both AlgorithmIdentifiers to what the signer uses, or sign with what they state`;
}

/** Whether another rule reports why the signature cannot verify. */
function isExplained(ctx: InvalidContext): boolean {
  const { ca, crl, bytes, signatureAlgorithm, verification, verifier } = ctx;
  if (findSignatureFault(ctx) !== undefined) return true;
  const algorithm = findSignatureAlgorithm(signatureAlgorithm.oid ?? "");
  // Reported by algorithm/key-type-mismatch.
  if (algorithm !== undefined && canSign(ca.certificate.publicKey, algorithm) === false) return true;
  // Reported by algorithm/pss-key-params-mismatch, unless the CRL names another key.
  const isForbidden = verification.verdict === "invalid" && verification.apartFrom === "key-parameters";
  if (isForbidden && !namesAnotherKey(ctx)) return true;
  // Reported by algorithm/pss-params-missing: without parameters, the signing method is unknown.
  const unread = findParameterFaults(bytes, signatureAlgorithm);
  if (unread.some(({ rule }) => rule === "algorithm/pss-params-missing")) return true;
  // Reported by algorithm/inner-outer-differ: the signature is valid, but signatureAlgorithm names another algorithm.
  const inner = crl.signature;
  if (inner === undefined) return false;
  const asInner: Crl = { ...crl, signatureAlgorithm: inner };
  return verifySignature(asInner, ca.certificate, verifier).verdict === "valid";
}

function identifierNote(names: boolean | undefined): readonly string[] {
  if (names === undefined) return [];
  return names
    ? ["authorityKeyIdentifier names the key of this certificate"]
    : ["authorityKeyIdentifier names a different key, so this is probably not the certificate of the key that signed"];
}

/**
 * Returns a note if the length of the signature differs from that of the modulus, so another key made it (RFC 8017
 * 8.2.2).
 */
function lengthNote({ ca, signatureValue }: InvalidContext): readonly string[] {
  const bits = modulusBits(ca.certificate);
  if (bits === undefined) return [];
  const { start, end } = signatureValue.bits;
  const made = (end - start) * 8;
  return Math.ceil(bits / 8) * 8 === made ? [] : [`an RSA key of ${made} bits signed; the CA's has ${bits} bits`];
}

/** Returns notes that name the certificates given whose key verifies the signature. */
function findSigner({ ca, crl, verifier }: InvalidContext): readonly string[] {
  return ca.others
    .filter(({ certificate }) => verifySignature(crl, certificate, verifier).verdict === "valid")
    .map(({ artefact, certificate }) => {
      const subject = formatName(certificate.subject, certificate.source.bytes);
      return `the key in ${artefact.name} (${subject}) verifies the signature`;
    });
}
