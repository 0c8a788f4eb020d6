/** The kind of key that makes a signature. */
export type KeyFamily =
  | "rsa"
  | "ec"
  | "dsa"
  | "ed25519"
  | "ed448"
  | "ml-dsa"
  | "slh-dsa"
  | "gost"
  | "sm2"
  | "hss-lms"
  | "xmss"
  | "composite"
  /** A key for key agreement or encryption, which makes no signature. */
  | "none";

/** A signature algorithm as its RFC defines it. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** Name in the standards: `sha256WithRSAEncryption`. */
  readonly name: string;
  readonly family: KeyFamily;
  /** Digest over the signed bytes; undefined if the parameters or the scheme itself determine it. */
  readonly hash?: string;
  /** Whether the padding of an RSA signature is that of RSASSA-PSS. */
  readonly pss?: true;
  /** Required parameters; undefined if no document that crllint cites defines them. */
  readonly parameters?: "null" | "absent";
  /** Length in bytes of every signature by this algorithm, if it is the same for all. */
  readonly signatureLength?: number;
  /** OIDs that subjectPublicKeyInfo may have; absent if every key of the family is suitable. */
  readonly keyOids?: readonly string[];
  /** Parameter set of FIPS 204 or FIPS 205: `ml-dsa-44`. */
  readonly set?: string;
  /** Digest that HashML-DSA or HashSLH-DSA signs instead of the data. */
  readonly preHash?: string;
}

const pkcs1 = "1.2.840.113549.1.1";
const ecdsa = "1.2.840.10045.4";
const nist = "2.16.840.1.101.3.4.3";
const pkix = "1.3.6.1.5.5.7.6";
const gm = "1.2.156.10197.1";

function rsa(oid: string, hash: string, name: string): SignatureAlgorithm {
  return { oid, name, family: "rsa", hash };
}

/** Returns an RSA algorithm whose parameters must be NULL (RFC 3279 2.2.1, RFC 4055 5). */
function rsaWithNull(arc: number, hash: string, name: string): SignatureAlgorithm {
  return { ...rsa(`${pkcs1}.${arc}`, hash, name), parameters: "null" };
}

/** Returns an algorithm whose parameters its RFC requires to be absent. */
function withoutParameters(algorithm: SignatureAlgorithm): SignatureAlgorithm {
  return { ...algorithm, parameters: "absent" };
}

/**
 * Returns an RSASSA-PSS algorithm whose OID determines everything (RFC 8692 3 and 4.2). The OID may also be that of a
 * key that is restricted to it.
 */
function pssShake(arc: number, hash: string, name: string): SignatureAlgorithm {
  const oid = `${pkix}.${arc}`;
  return { oid, name, family: "rsa", hash, pss: true, parameters: "absent" };
}

function ec(oid: string, hash: string, name: string): SignatureAlgorithm {
  return { oid, name, family: "ec", hash, parameters: "absent" };
}

function dsa(oid: string, hash: string, name: string): SignatureAlgorithm {
  return { oid, name, family: "dsa", hash };
}

/** Returns an algorithm whose OID is also that of its keys. */
function own(family: KeyFamily, oid: string, name: string): SignatureAlgorithm {
  return { oid, name, family, keyOids: [oid] };
}

function edwards(family: "ed25519" | "ed448", oid: string, name: string, signatureLength: number): SignatureAlgorithm {
  return { ...own(family, oid, name), parameters: "absent", signatureLength };
}

/** Returns pure ML-DSA or SLH-DSA. */
function pure(family: "ml-dsa" | "slh-dsa", arc: number, set: string, signatureLength: number): SignatureAlgorithm {
  return { ...own(family, `${nist}.${arc}`, `id-${set}`), signatureLength, set };
}

/** Returns HashML-DSA or HashSLH-DSA. Its keys have its own OID or that of the pure algorithm. */
function hashed(pureOne: SignatureAlgorithm, arc: number, preHash: string): SignatureAlgorithm {
  const oid = `${nist}.${arc}`;
  const name = `id-hash-${pureOne.set}-with-${preHash}`;
  return { ...pureOne, oid, name, preHash, keyOids: [oid, pureOne.oid] };
}

/** FIPS 205 table 2: the twelve parameter sets in the order of their OIDs, with the length of a signature in bytes. */
const slhDsa = [
  ["sha2-128s", 7856],
  ["sha2-128f", 17_088],
  ["sha2-192s", 16_224],
  ["sha2-192f", 35_664],
  ["sha2-256s", 29_792],
  ["sha2-256f", 49_856],
  ["shake-128s", 7856],
  ["shake-128f", 17_088],
  ["shake-192s", 16_224],
  ["shake-192f", 35_664],
  ["shake-256s", 29_792],
  ["shake-256f", 49_856],
] as const;

const pureMlDsa = [
  pure("ml-dsa", 17, "ml-dsa-44", 2420),
  pure("ml-dsa", 18, "ml-dsa-65", 3309),
  pure("ml-dsa", 19, "ml-dsa-87", 4627),
];

const pureSlhDsa = slhDsa.map(([set, length], i) => pure("slh-dsa", 20 + i, `slh-dsa-${set}`, length));

/** Returns the digest that RFC 9909 specifies for a parameter set. */
function preHashOf(set: string): string {
  if (set.startsWith("sha2-")) return set.startsWith("sha2-128") ? "sha256" : "sha512";
  return set.startsWith("shake-128") ? "shake128" : "shake256";
}

/** Composite ML-DSA (draft-ietf-lamps-pq-composite-sigs), in the order of the OIDs. */
const composites = [
  "MLDSA44-RSA2048-PSS-SHA256",
  "MLDSA44-RSA2048-PKCS15-SHA256",
  "MLDSA44-Ed25519-SHA512",
  "MLDSA44-ECDSA-P256-SHA256",
  "MLDSA65-RSA3072-PSS-SHA512",
  "MLDSA65-RSA3072-PKCS15-SHA512",
  "MLDSA65-RSA4096-PSS-SHA512",
  "MLDSA65-RSA4096-PKCS15-SHA512",
  "MLDSA65-ECDSA-P256-SHA512",
  "MLDSA65-ECDSA-P384-SHA512",
  "MLDSA65-ECDSA-brainpoolP256r1-SHA512",
  "MLDSA65-Ed25519-SHA512",
  "MLDSA87-ECDSA-P384-SHA512",
  "MLDSA87-ECDSA-brainpoolP384r1-SHA512",
  "MLDSA87-Ed448-SHAKE256",
  "MLDSA87-RSA3072-PSS-SHA512",
  "MLDSA87-RSA4096-PSS-SHA512",
  "MLDSA87-ECDSA-P521-SHA512",
];

const sha3 = ["sha3-224", "sha3-256", "sha3-384", "sha3-512"];

const list: readonly SignatureAlgorithm[] = [
  // RFC 3279 2.2.1 and RFC 4055 5.
  rsaWithNull(2, "md2", "md2WithRSAEncryption"),
  rsaWithNull(4, "md5", "md5WithRSAEncryption"),
  rsaWithNull(5, "sha1", "sha1WithRSAEncryption"),
  rsaWithNull(14, "sha224", "sha224WithRSAEncryption"),
  rsaWithNull(11, "sha256", "sha256WithRSAEncryption"),
  rsaWithNull(12, "sha384", "sha384WithRSAEncryption"),
  rsaWithNull(13, "sha512", "sha512WithRSAEncryption"),
  // RFC 8017 A.2.4.
  rsa(`${pkcs1}.15`, "sha512-224", "sha512-224WithRSAEncryption"),
  rsa(`${pkcs1}.16`, "sha512-256", "sha512-256WithRSAEncryption"),
  // GM/T 0006, and names older than RFC 3279 that software still verifies.
  rsa(`${gm}.504`, "sm3", "SM3 with RSA"),
  rsa("1.3.36.3.3.1.2", "ripemd160", "rsaSignatureWithripemd160"),
  rsa("1.3.14.3.2.29", "sha1", "sha1WithRSASignature"),
  // RFC 4055 3.1: the parameters determine the digest.
  { oid: `${pkcs1}.10`, name: "id-RSASSA-PSS", family: "rsa", pss: true },
  pssShake(30, "shake128", "id-RSASSA-PSS-SHAKE128"),
  pssShake(31, "shake256", "id-RSASSA-PSS-SHAKE256"),
  // RFC 3279 2.2.3, RFC 5758 3.2 and RFC 8692 3.
  ec(`${ecdsa}.1`, "sha1", "ecdsa-with-SHA1"),
  ec(`${ecdsa}.3.1`, "sha224", "ecdsa-with-SHA224"),
  ec(`${ecdsa}.3.2`, "sha256", "ecdsa-with-SHA256"),
  ec(`${ecdsa}.3.3`, "sha384", "ecdsa-with-SHA384"),
  ec(`${ecdsa}.3.4`, "sha512", "ecdsa-with-SHA512"),
  ec(`${pkix}.32`, "shake128", "id-ecdsa-with-shake128"),
  ec(`${pkix}.33`, "shake256", "id-ecdsa-with-shake256"),
  // RFC 3279 2.2.2, RFC 5758 3.1 and the algorithms registry of NIST.
  withoutParameters(dsa("1.2.840.10040.4.3", "sha1", "id-dsa-with-sha1")),
  withoutParameters(dsa(`${nist}.1`, "sha224", "id-dsa-with-sha224")),
  withoutParameters(dsa(`${nist}.2`, "sha256", "id-dsa-with-sha256")),
  dsa(`${nist}.3`, "sha384", "id-dsa-with-sha384"),
  dsa(`${nist}.4`, "sha512", "id-dsa-with-sha512"),
  dsa("1.3.14.3.2.27", "sha1", "dsaWithSHA1"),
  // RFC 9688 3 and the algorithms registry of NIST.
  ...sha3.map((hash, i) => dsa(`${nist}.${5 + i}`, hash, `id-dsa-with-${hash}`)),
  ...sha3.map((hash, i): SignatureAlgorithm => {
    return { oid: `${nist}.${9 + i}`, name: `id-ecdsa-with-${hash}`, family: "ec", hash };
  }),
  ...sha3.map((hash, i) => rsa(`${nist}.${13 + i}`, hash, `id-rsassa-pkcs1-v1-5-with-${hash}`)),
  // RFC 8410 3 and 6.
  edwards("ed25519", "1.3.101.112", "id-Ed25519", 64),
  edwards("ed448", "1.3.101.113", "id-Ed448", 114),
  // RFC 9881 and RFC 9909; FIPS 204 for HashML-DSA.
  ...pureMlDsa.map(withoutParameters),
  ...pureSlhDsa.map(withoutParameters),
  ...pureMlDsa.map((algorithm, i) => hashed(algorithm, 32 + i, "sha512")),
  ...pureSlhDsa.map((algorithm, i) => withoutParameters(hashed(algorithm, 35 + i, preHashOf(slhDsa[i]?.[0] ?? "")))),
  // RFC 9802.
  withoutParameters(own("hss-lms", "1.2.840.113549.1.9.16.3.17", "id-alg-hss-lms-hashsig")),
  withoutParameters(own("xmss", `${pkix}.34`, "id-alg-xmss-hashsig")),
  withoutParameters(own("xmss", `${pkix}.35`, "id-alg-xmssmt-hashsig")),
  ...composites.map((name, i) => own("composite", `${pkix}.${37 + i}`, `id-${name}`)),
  // The same algorithms in earlier drafts, under an arc of the authors.
  ...composites.map((name, i) => own("composite", `2.16.840.1.114027.80.9.1.${i}`, `id-${name} of a draft`)),
  // RFC 9215 and RFC 4491.
  { oid: "1.2.643.2.2.3", name: "GOST R 34.10-2001", family: "gost", parameters: "absent" },
  { oid: "1.2.643.7.1.1.3.2", name: "GOST R 34.10-2012 (256)", family: "gost", parameters: "absent" },
  { oid: "1.2.643.7.1.1.3.3", name: "GOST R 34.10-2012 (512)", family: "gost", parameters: "absent" },
  // GM/T 0006 and GM/T 0015.
  { oid: `${gm}.501`, name: "SM2 with SM3", family: "sm2", hash: "sm3" },
];

const byOid = new Map(list.map((algorithm) => [algorithm.oid, algorithm]));

/** Whether an OID is that of HashML-DSA, which RFC 9881 excludes from the PKI. */
export function isHashMlDsa(oid: string): boolean {
  const algorithm = byOid.get(oid);
  return algorithm?.family === "ml-dsa" && algorithm.preHash !== undefined;
}

/** Whether an OID is id-alg-unsigned (RFC 9925), which means that there is no signature. */
export function isUnsigned(oid: string): boolean {
  return oid === `${pkix}.36`;
}

/** OID of RSASSA-PSS, whose parameters determine hash, mask and salt length. */
export const rsassaPss = `${pkcs1}.10`;

/** OIDs of RSASSA-PKCS1-v1_5 by the digest of the SHA-2 family (RFC 4055 5). */
export const rsaWithSha2: ReadonlyMap<string, string> = new Map([
  ["sha256", `${pkcs1}.11`],
  ["sha384", `${pkcs1}.12`],
  ["sha512", `${pkcs1}.13`],
]);

/** OIDs of ECDSA by the digest of the SHA-2 family (RFC 5758 3.2). */
export const ecdsaWithSha2: ReadonlyMap<string, string> = new Map([
  ["sha256", `${ecdsa}.3.2`],
  ["sha384", `${ecdsa}.3.3`],
  ["sha512", `${ecdsa}.3.4`],
]);

/** Returns a signature algorithm by its OID; undefined for one that crllint does not know. */
export function findSignatureAlgorithm(oid: string): SignatureAlgorithm | undefined {
  return byOid.get(oid);
}

/** Returns the first algorithm of a family with a hash, other than RSASSA-PSS. */
export function findWithHash(family: KeyFamily, hash: string): SignatureAlgorithm | undefined {
  return list.find((algorithm) => algorithm.family === family && algorithm.hash === hash && algorithm.pss !== true);
}

/** Returns the name of a known algorithm, `sha256WithRSAEncryption`; for any other, the OID in dotted form. */
export function algorithmName(oid: string): string {
  return byOid.get(oid)?.name ?? oid;
}

/** OID of an RSA key that is not restricted to one padding. */
export const rsaEncryption = `${pkcs1}.1`;

/** OID of DSA keys. */
export const dsaKey = "1.2.840.10040.4.1";

/** OID of the curve of SM2 keys, which are encoded as id-ecPublicKey (GM/T 0015). */
export const sm2Curve = `${gm}.301`;

const keyFamilies = new Map<string, KeyFamily>([
  [rsaEncryption, "rsa"],
  ["1.2.840.10045.2.1", "ec"],
  [dsaKey, "dsa"],
  // id-RSAES-OAEP (RFC 4055 4.1), X25519 and X448 (RFC 8410 3), Diffie-Hellman (RFC 3279 2.3.3 and PKCS #3), id-ecDH
  // and id-ecMQV (RFC 5480 2.1.2), ML-KEM (FIPS 203).
  [`${pkcs1}.7`, "none"],
  ["1.3.101.110", "none"],
  ["1.3.101.111", "none"],
  ["1.2.840.10046.2.1", "none"],
  ["1.2.840.113549.1.3.1", "none"],
  ["1.3.132.1.12", "none"],
  ["1.3.132.1.13", "none"],
  ...[1, 2, 3].map((arc): [string, KeyFamily] => [`2.16.840.1.101.3.4.4.${arc}`, "none"]),
  // RFC 4055 1.2 and RFC 8692 4.2: keys for RSASSA-PSS only.
  ...list.filter(({ pss }) => pss).map(({ oid, family }): [string, KeyFamily] => [oid, family]),
  ...list.flatMap(({ keyOids = [], family }) => keyOids.map((oid): [string, KeyFamily] => [oid, family])),
]);

/** Returns the family of a subjectPublicKeyInfo by its algorithm OID; undefined for an unknown OID. */
export function keyFamily(oid: string): KeyFamily | undefined {
  return keyFamilies.get(oid);
}

/** Whether a subjectPublicKeyInfo with this algorithm contains an RSAPublicKey (RFC 4055 1.2, RFC 8692 4.2). */
export function isRsaOid(oid: string | undefined): boolean {
  return keyFamily(oid ?? "") === "rsa";
}

/**
 * Whether a key can sign with an algorithm: it has the same family and parameter set, and no restriction excludes it.
 *
 * @param key OID of the key's algorithm, and of its curve if it has one
 * @returns undefined for an unknown key algorithm
 */
export function canSign(
  key: { readonly oid: string | undefined; readonly curve: string | undefined },
  algorithm: SignatureAlgorithm,
): boolean | undefined {
  const { oid = "", curve } = key;
  const family = keyFamily(oid);
  if (family === undefined) return undefined;
  if (algorithm.keyOids !== undefined) return algorithm.keyOids.includes(oid);
  // An EC key without a named curve has explicit parameters, which may be those of SM2.
  if (algorithm.family === "sm2") return family === "ec" ? curve === undefined || curve === sm2Curve : false;
  if (family !== algorithm.family) return false;
  if (family !== "rsa" || oid === rsaEncryption) return true;
  return algorithm.pss === true && (oid === rsassaPss || oid === algorithm.oid);
}

const brainpool = ["160", "192", "224", "256", "320", "384", "512"].flatMap((bits) => [`P${bits}r1`, `P${bits}t1`]);

const curves = new Map<string, string>([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
  ["1.3.132.0.33", "P-224"],
  ["1.2.840.10045.3.1.1", "P-192"],
  ["1.3.132.0.10", "secp256k1"],
  // RFC 5639 4.1.
  ...brainpool.map((name, i): [string, string] => [`1.3.36.3.3.2.8.1.1.${1 + i}`, `brainpool${name}`]),
  [sm2Curve, "SM2"],
]);

/** Returns the name of a known curve, `P-256`; for any other, the OID in dotted form. */
export function curveName(oid: string): string {
  return curves.get(oid) ?? oid;
}
