import { algorithmName, curveName, rsaEncryption } from "../../algorithm/signature-algorithm.ts";
import { type Certificate, dsaBits, modulusBits } from "../../cert/certificate.ts";
import { bigInteger, integerText, smallInteger } from "../../der/integer.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { namesAnotherKey } from "../../checks/identifiers.ts";
import { defineRule, type Example, type Requirement } from "../../rule/rule.ts";

// Sentences of TLS BR and S/MIME BR 6.1.5 and 7.1.3.1.1, and of CS BR 6.1.5.1. The first is followed by the list of
// curves, which ends with "No other algorithms or key sizes are permitted."
const atLeast2048 = "Ensure that the modulus size, when encoded, is at least 2048 bits";
const wholeBytes = "Ensure that the modulus size, in bits, is evenly divisible by 8.";
const onlyRsaEncryption = "SHALL NOT use a different algorithm, such as the";
const atLeast4096 =
  "signed on or after September 15, 2026 ensure that the modulus size, when encoded, is at least 4096 bits";
const atLeast3072 =
  "CAs SHALL support minimum RSA-3072 for Code Signing Certificates, Root Certificates and Subordinate CA Certificates.";
const onlyNistCurves = "If the Key is ECDSA, then the curve MUST be one of NIST P-256, P-384, or P-521.";
// MRSP 5.1 and 5.1.1.
const mozillaSet =
  "any certificate that chains up to them, MUST use only algorithms and key sizes from the following set";
const mozillaNoPss = "CAs MUST NOT use the id-RSASSA-PSS OID";
// RFC 8603 4.1.
const cnsaKeys = "either generated on the curve P-384, or is an RSA-3072 or RSA-4096 key";
const cnsaExponent = 'The RSA exponent "e" MUST satisfy 2^16<e<2^256 and be odd';
const dsaOptions = "If the Key is DSA, then one of the following key parameter options MUST be used";

const legacy = {
  atMost: "warning",
  notes: ["severity capped: CS BR 6.1.5.1 lets existing roots with smaller RSA keys sign cross-certificates"],
} as const;

export default defineRule({
  id: "algorithm/ca-key-not-permitted",
  title: "CA's key is not of a permitted type or size",
  looksAt: ["ca"],
  // The date of the CA certificate decides: older keys may stay in use.
  requirements: [
    {
      source: "tls-br",
      section: "6.1.5",
      severity: "error",
      // BR 1.0 exempted root certificates issued before 31 December 2010; the tables started after that day.
      from: "2011-01-01",
      datedBy: "caNotBefore",
      quote: atLeast2048,
    },
    {
      source: "tls-br",
      section: "6.1.5",
      severity: "error",
      from: "2020-09-30",
      datedBy: "caNotBefore",
      quote: wholeBytes,
    },
    {
      source: "tls-br",
      section: "7.1.3.1.1",
      severity: "error",
      from: "2020-09-30",
      datedBy: "caNotBefore",
      quote: onlyRsaEncryption,
    },
    {
      source: "smime-br",
      section: "6.1.5",
      severity: "error",
      from: "2023-09-01",
      datedBy: "caNotBefore",
      quote: atLeast2048,
    },
    {
      source: "smime-br",
      section: "6.1.5",
      severity: "error",
      from: "2023-09-01",
      datedBy: "caNotBefore",
      quote: wholeBytes,
    },
    {
      source: "smime-br",
      section: "7.1.3.1.1",
      severity: "error",
      from: "2023-09-01",
      datedBy: "caNotBefore",
      quote: onlyRsaEncryption,
    },
    {
      source: "smime-br",
      section: "6.1.5",
      severity: "error",
      from: "2026-09-15",
      datedBy: "caNotBefore",
      quote: atLeast4096,
    },
    {
      source: "cs-br",
      section: "1.2.2",
      severity: "error",
      from: "2021-06-01",
      // The next requirement is stricter.
      to: "2022-06-28",
      datedBy: "caNotBefore",
      quote: atLeast3072,
    },
    {
      source: "cs-br",
      section: "6.1.5.1",
      severity: "error",
      from: "2022-06-29",
      datedBy: "caNotBefore",
      quote: "If the Key is RSA, then the modulus MUST be at least 4096 bits in length.",
    },
    {
      source: "cs-br",
      section: "6.1.5.1",
      severity: "error",
      from: "2022-06-29",
      datedBy: "caNotBefore",
      quote: onlyNistCurves,
    },
    {
      source: "cs-br",
      section: "6.1.5.1",
      severity: "error",
      from: "2022-06-29",
      datedBy: "caNotBefore",
      quote: dsaOptions,
    },
    // The dates of algorithmLists. Earlier roots may have smaller keys.
    {
      source: "mozilla",
      section: "5.1",
      severity: "error",
      from: "2020-01-01",
      datedBy: "caNotBefore",
      quote: mozillaSet,
    },
    {
      source: "mozilla",
      section: "5.1.1",
      severity: "error",
      from: "2020-01-01",
      datedBy: "caNotBefore",
      quote: mozillaNoPss,
    },
    {
      source: "rpki",
      document: "rfc7935",
      section: "3",
      severity: "error",
      quote:
        "The RSA key pairs used to compute the signatures MUST have a 2048-bit modulus and a public exponent (e) of 65,537.",
    },
    { source: "cnsa", section: "4.1", severity: "error", quote: cnsaKeys },
    { source: "cnsa", section: "4.1", severity: "error", quote: cnsaExponent },
  ],
  create(ctx) {
    const { certificate, artefact } = ctx.ca;
    if (certificate.publicKey.oid === undefined || namesAnotherKey(ctx)) return;
    const expected = new Set<string>();
    const violates = ctx.requirements.filter((requirement) => {
      const text = findExpected(requirement, certificate);
      if (text !== undefined) expected.add(text);
      return text !== undefined;
    });
    if (violates.length === 0) return;
    // CS BR 6.1.5.1: a smaller key of an existing root may sign a cross-certificate to a new one, so it stays in use.
    const isLegacy = (modulusBits(certificate) ?? 0) >= 2048 && violates.every(({ source }) => source === "cs-br");
    const message = `the CA's key is ${describe(certificate)}, which is not permitted: ${[...expected].join("; ")}`;
    ctx.report({
      at: certificate.publicKey,
      path: "tbsCertificate.subjectPublicKeyInfo",
      artefact,
      message,
      violates,
      ...(isLegacy && legacy),
    });
  },
  why: "An attacker who breaks the key can sign CRLs in the CA's name. Root programs list the keys that they consider strong enough, and clients do not accept signatures by others.",
  fix: "replace the CA's key; a new CRL does not fix this",
  examples: () => ({
    bad: [
      { title: "RSA key of 1024 bits", make: (kit) => kit.crl({ ca: kit.caWith({ key: "rsa1024" }) }) },
      {
        title: "Ed25519 key under the TLS BR",
        also: ["algorithm/not-permitted"],
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed25519" }) }),
      },
      {
        title: "DSA key of 2048 bits with a q of 160 bits under the CS BR",
        profile: "cs-br",
        make: (kit) => ofDsa(kit, 2048, 160),
      },
      {
        title: "DSA key of 3072 bits under the CS BR",
        profile: "cs-br",
        make: (kit) => ofDsa(kit, 3072, 256),
      },
      {
        title: "RSA key of 2048 bits under the CNSA Suite",
        profile: "cnsa",
        make: (kit) => kit.crl({ algorithm: "sha384WithRSAEncryption" }),
      },
      ...(["4104", "8192"] as const).map((bits) => ({
        title: `RSA key of ${bits} bits under the CNSA Suite`,
        profile: "cnsa" as const,
        make: (kit: Kit) => ofRsa(kit, Number(bits)),
      })),
      ...[65_535n, 65_538n, (1n << 256n) + 1n].map((exponent) => ofExponent(3072, exponent)),
      {
        title: "RSA key of 1024 bits under the Mozilla Root Store Policy, of a root of 2020-01-01",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "rsa1024", parent: "self", notBefore: "2020-01-01T00:00:00Z" }),
            entries: [{ reason: 4 }],
          }),
      },
      {
        title: "RSA key of 2052 bits, which is not a multiple of 8",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.1"), kit.der.nul()),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 2051n + 1n), kit.der.int(65537))),
              ),
            }),
            options: { signature: "ignore" },
          }),
      },
      {
        title: "RSA key for RSASSA-PSS only",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.10")),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 2047n + 1n), kit.der.int(65537))),
              ),
            }),
            algorithm: "rsassa-pss-sha256",
            options: { signature: "ignore" },
          }),
      },
      {
        title: "RSA key of 3071 bits under the CNSA Suite",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.1"), kit.der.nul()),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 3070n + 1n), kit.der.int(65537))),
              ),
            }),
            algorithm: "sha384WithRSAEncryption",
            options: { signature: "ignore" },
          }),
        profile: "cnsa",
      },
      {
        title: "P-256 key under the CNSA Suite",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), algorithm: "ecdsa-with-SHA384" }),
        profile: "cnsa",
      },
      {
        title: "RSA key with public exponent 3, RPKI",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.1"), kit.der.nul()),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 2047n + 1n), kit.der.int(3))),
              ),
            }),
            options: { signature: "ignore" },
          }),
        also: ["aki/not-key-hash", "entry/rpki-fields", "issuer/rpki-name"],
        profile: "rpki",
      },
      {
        title: "RSA key of 2056 bits, RPKI",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.1"), kit.der.nul()),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 2055n + 1n), kit.der.int(65537))),
              ),
            }),
            options: { signature: "ignore" },
          }),
        also: ["aki/not-key-hash", "entry/rpki-fields", "issuer/rpki-name"],
        profile: "rpki",
      },
    ],
    good: [
      { title: "RSA key of 2048 bits", make: (kit) => kit.crl() },
      { title: "P-521 key", make: (kit) => kit.crl({ ca: kit.caWith({ key: "p521" }) }) },
      {
        title: "P-384 key under the CNSA Suite",
        profile: "cnsa",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p384" }) }),
      },
      {
        title: "RSA key of 3072 bits under the CNSA Suite",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              spki: kit.der.seq(
                kit.der.seq(kit.der.oid("1.2.840.113549.1.1.1"), kit.der.nul()),
                kit.der.bitString(kit.der.seq(kit.der.int(2n ** 3071n + 1n), kit.der.int(65537))),
              ),
            }),
            algorithm: "sha384WithRSAEncryption",
            options: { signature: "ignore" },
          }),
        profile: "cnsa",
      },
      ...[65_537n, (1n << 256n) - 1n].map((exponent) => ofExponent(4096, exponent)),
      {
        title: "RSA key of 1024 bits under the Mozilla Root Store Policy, of a root of 2010-12-31",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "rsa1024", parent: "self", notBefore: "2010-12-31T23:59:59Z" }),
            entries: [{ reason: 4 }],
          }),
      },
      {
        title: "DSA key of 2048 bits with a q of 224 bits under the CS BR",
        profile: "cs-br",
        make: (kit) => ofDsa(kit, 2048, 224),
      },
      {
        title: "the certificate given is for another key, of 1024 bits",
        make: (kit) => kit.crl({ issuerCertificate: kit.caWith({ key: "rsa1024" }).certificate }),
        also: ["signature/invalid"],
      },
    ],
  }),
});

/** Returns the example of an RSA key under the CNSA Suite. */
function ofExponent(bits: number, exponent: bigint): Example {
  return {
    title: `RSA key of ${bits} bits with public exponent ${exponent} under the CNSA Suite`,
    profile: "cnsa",
    make: (kit) => ofRsa(kit, bits, exponent),
  };
}

/** Returns a CRL with SHA-384 of a CA whose RSA key has a modulus of some bits. */
function ofRsa({ der, ...kit }: Kit, bits: number, exponent = 65_537n): CrlCase {
  const key = der.bitString(der.seq(der.int((1n << BigInt(bits - 1)) + 1n), der.int(exponent)));
  return kit.crl({
    ca: kit.caWith({ spki: der.seq(der.seq(der.oid(rsaEncryption), der.nul()), key) }),
    algorithm: "sha384WithRSAEncryption",
    options: { signature: "ignore" },
  });
}

/** Returns a CRL with DSA and SHA-256 of a CA whose DSA key has primes of these lengths in bits. */
function ofDsa(kit: Kit, p: number, q: number): CrlCase {
  const { der } = kit;
  const prime = (bits: number): Uint8Array => der.int(2n ** BigInt(bits - 1) + 1n);
  const identifier = der.seq(der.oid("1.2.840.10040.4.1"), der.seq(prime(p), prime(q), der.int(2)));
  const dsaWithSha256 = der.raw("300b0609608648016503040302");
  return kit.crl({
    ca: kit.caWith({ spki: der.seq(identifier, der.bitString(der.int(5))) }),
    signature: dsaWithSha256,
    signatureAlgorithm: dsaWithSha256,
    options: { signature: "ignore" },
  });
}

const nistCurves: ReadonlySet<string> = new Set(["P-256", "P-384", "P-521"]);
const usualCurves = "an EC key on P-256, P-384 or P-521";
const none: ReadonlySet<string> = new Set();

/** Algorithms of keys other than RSA and EC keys that the S/MIME BR permit: Ed25519, Ed448, ML-DSA-44, -65 and -87. */
const smimeAlgorithms: ReadonlySet<string> = new Set([
  "1.3.101.112",
  "1.3.101.113",
  "2.16.840.1.101.3.4.3.17",
  "2.16.840.1.101.3.4.3.18",
  "2.16.840.1.101.3.4.3.19",
]);

/** Ed25519 and Ed448, which MRSP 5.1 permits for S/MIME only; the curves "are not prohibited". */
const edDsa: ReadonlySet<string> = new Set(["1.3.101.112", "1.3.101.113"]);

/** Returns what a requirement permits instead of a key, for its type of key; undefined if it permits the key. */
function findExpected({ source, quote }: Requirement, certificate: Certificate): string | undefined {
  const { publicKey } = certificate;
  const curve = curveName(publicKey.curve ?? "");
  const isRsa = publicKey.rsa !== undefined;
  // Requirements on the size of RSA keys permit every other type of key.
  const bits = isRsa ? (modulusBits(certificate) ?? 0) : Number.NaN;
  const withBits = (size: number): string | undefined =>
    bits < size ? `an RSA key must have at least ${size} bits` : undefined;
  const inBytes = bits % 8 > 0 ? "the number of bits of an RSA key must be a multiple of 8" : undefined;
  const otherKey = (others: ReadonlySet<string>): string | undefined =>
    isRsa || nistCurves.has(curve) || others.has(publicKey.oid ?? "")
      ? undefined
      : `it must be an RSA key, ${usualCurves}`;
  switch (quote) {
    case atLeast2048:
      return withBits(2048) ?? otherKey(source === "smime-br" ? smimeAlgorithms : none);
    case atLeast3072:
      return withBits(3072);
    case atLeast4096:
      return withBits(4096);
    case wholeBytes:
      return inBytes;
    case mozillaSet:
      return withBits(2048) ?? inBytes ?? otherKey(edDsa);
    case mozillaNoPss:
    case onlyRsaEncryption:
      return isRsa && publicKey.oid !== rsaEncryption ? "an RSA key must have the OID rsaEncryption" : undefined;
    case onlyNistCurves:
      return publicKey.curve === undefined || nistCurves.has(curve) ? undefined : `it must be ${usualCurves}`;
    case dsaOptions: {
      const { p, q } = dsaBits(certificate) ?? { p: 2048, q: 256 };
      return p === 2048 && (q === 224 || q === 256) ? undefined : "it must have 2048 bits with a q of 224 or 256 bits";
    }
    case cnsaKeys:
      return curve === "P-384" || bits === 3072 || bits === 4096
        ? undefined
        : "it must be an EC key on P-384 or an RSA key of 3072 or 4096 bits";
    case cnsaExponent:
      return !isRsa || hasFipsExponent(certificate)
        ? undefined
        : "the public exponent must be odd and between 2^16 and 2^256";
  }
  if (source === "cs-br") return withBits(4096);
  // RFC 7935 3.
  return bits === 2048 && hasUsualExponent(certificate)
    ? undefined
    : "it must be an RSA key of 2048 bits with public exponent 65537";
}

/** Whether the public exponent is odd, above 2^16 and below 2^256 (FIPS 186). */
function hasFipsExponent({ publicKey, source }: Certificate): boolean {
  const exponent = publicKey.rsa && bigInteger(source.bytes, publicKey.rsa.publicExponent);
  if (exponent === undefined) return true;
  return exponent % 2n === 1n && exponent > 1n << 16n && exponent < 1n << 256n;
}

function hasUsualExponent({ publicKey, source }: Certificate): boolean {
  return publicKey.rsa !== undefined && smallInteger(source.bytes, publicKey.rsa.publicExponent) === 65_537;
}

function describe(certificate: Certificate): string {
  const { publicKey, source } = certificate;
  const oid = publicKey.oid ?? "";
  const dsa = dsaBits(certificate);
  if (dsa !== undefined) return `a DSA key of ${dsa.p} bits with a q of ${dsa.q} bits`;
  if (publicKey.rsa === undefined) {
    return publicKey.curve === undefined ? `for ${algorithmName(oid)}` : `an EC key on ${curveName(publicKey.curve)}`;
  }
  const only = oid === rsaEncryption ? "" : " for RSASSA-PSS only";
  const { publicExponent } = publicKey.rsa;
  const exponent = hasUsualExponent(certificate)
    ? ""
    : ` with public exponent ${integerText(source.bytes, publicExponent)}`;
  return `an RSA key of ${modulusBits(certificate)} bits${only}${exponent}`;
}
