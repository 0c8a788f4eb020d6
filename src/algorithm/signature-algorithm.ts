/** What the parameters of a signature AlgorithmIdentifier must be. */
export type ParameterForm = "null" | "absent" | "pss";

/** The kind of key that makes a signature. */
export type KeyFamily = "rsa" | "ec" | "dsa" | "ed25519" | "ed448" | "ml-dsa" | "slh-dsa" | "gost" | "sm2";

/** A signature algorithm as its RFC defines it. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** As the standards call it: `sha256WithRSAEncryption`. */
  readonly name: string;
  readonly family: KeyFamily;
  /** Digest over the signed octets; undefined where the parameters or the scheme itself say it. */
  readonly hash?: string;
  readonly parameters: ParameterForm;
  /** Octets of every signature by this algorithm, where they are the same for all. */
  readonly signatureLength?: number;
  /** OID that subjectPublicKeyInfo must have, where one key OID belongs to one signature OID. */
  readonly keyOid?: string;
}

const pkcs1 = "1.2.840.113549.1.1";
const ecdsa = "1.2.840.10045.4";
const nist = "2.16.840.1.101.3.4.3";
const pkix = "1.3.6.1.5.5.7.6";

function rsa(arc: number, hash: string, name: string): SignatureAlgorithm {
  return { oid: `${pkcs1}.${arc}`, name, family: "rsa", hash, parameters: "null" };
}

function ec(arcs: string, hash: string, name: string): SignatureAlgorithm {
  return { oid: `${ecdsa}.${arcs}`, name, family: "ec", hash, parameters: "absent" };
}

function own(family: KeyFamily, oid: string, name: string, signatureLength: number): SignatureAlgorithm {
  return { oid, name, family, parameters: "absent", signatureLength, keyOid: oid };
}

/** FIPS 205 table 2: the twelve parameter sets in the order of their OIDs, with the octets of a signature. */
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

const list: readonly SignatureAlgorithm[] = [
  // RFC 3279 2.2.1 and RFC 4055 5.
  rsa(2, "md2", "md2WithRSAEncryption"),
  rsa(4, "md5", "md5WithRSAEncryption"),
  rsa(5, "sha1", "sha1WithRSAEncryption"),
  rsa(14, "sha224", "sha224WithRSAEncryption"),
  rsa(11, "sha256", "sha256WithRSAEncryption"),
  rsa(12, "sha384", "sha384WithRSAEncryption"),
  rsa(13, "sha512", "sha512WithRSAEncryption"),
  { oid: `${pkcs1}.10`, name: "id-RSASSA-PSS", family: "rsa", parameters: "pss" },
  { oid: `${pkix}.30`, name: "id-RSASSA-PSS-SHAKE128", family: "rsa", hash: "shake128", parameters: "absent" },
  { oid: `${pkix}.31`, name: "id-RSASSA-PSS-SHAKE256", family: "rsa", hash: "shake256", parameters: "absent" },
  // RFC 3279 2.2.3 and RFC 5758 3.2.
  ec("1", "sha1", "ecdsa-with-SHA1"),
  ec("3.1", "sha224", "ecdsa-with-SHA224"),
  ec("3.2", "sha256", "ecdsa-with-SHA256"),
  ec("3.3", "sha384", "ecdsa-with-SHA384"),
  ec("3.4", "sha512", "ecdsa-with-SHA512"),
  { oid: `${pkix}.32`, name: "id-ecdsa-with-shake128", family: "ec", hash: "shake128", parameters: "absent" },
  { oid: `${pkix}.33`, name: "id-ecdsa-with-shake256", family: "ec", hash: "shake256", parameters: "absent" },
  // RFC 3279 2.2.2 and RFC 5758 3.1.
  { oid: "1.2.840.10040.4.3", name: "id-dsa-with-sha1", family: "dsa", hash: "sha1", parameters: "absent" },
  { oid: `${nist}.1`, name: "id-dsa-with-sha224", family: "dsa", hash: "sha224", parameters: "absent" },
  { oid: `${nist}.2`, name: "id-dsa-with-sha256", family: "dsa", hash: "sha256", parameters: "absent" },
  // RFC 8410 3 and 6.
  own("ed25519", "1.3.101.112", "id-Ed25519", 64),
  own("ed448", "1.3.101.113", "id-Ed448", 114),
  // RFC 9881 and RFC 9909.
  own("ml-dsa", `${nist}.17`, "id-ml-dsa-44", 2420),
  own("ml-dsa", `${nist}.18`, "id-ml-dsa-65", 3309),
  own("ml-dsa", `${nist}.19`, "id-ml-dsa-87", 4627),
  ...slhDsa.map(([name, length], i) => own("slh-dsa", `${nist}.${20 + i}`, `id-slh-dsa-${name}`, length)),
  // RFC 9215 and RFC 4491.
  { oid: "1.2.643.2.2.3", name: "GOST R 34.10-2001", family: "gost", parameters: "absent" },
  { oid: "1.2.643.7.1.1.3.2", name: "GOST R 34.10-2012 (256)", family: "gost", parameters: "absent" },
  { oid: "1.2.643.7.1.1.3.3", name: "GOST R 34.10-2012 (512)", family: "gost", parameters: "absent" },
  { oid: "1.2.156.10197.1.501", name: "SM2 with SM3", family: "sm2", parameters: "absent" },
];

const byOid = new Map(list.map((algorithm) => [algorithm.oid, algorithm]));

/** FIPS 204 and RFC 9881: HashML-DSA, by the arc of its OID. */
const hashMlDsa = new Map(
  ["44", "65", "87"].map((set, i) => [`${nist}.${32 + i}`, `id-hash-ml-dsa-${set}-with-sha512`]),
);

/** What RFC 9909 pairs each parameter set with before it is signed. */
function preHashOf(set: string): string {
  if (set.startsWith("sha2-")) return set.startsWith("sha2-128") ? "sha256" : "sha512";
  return set.startsWith("shake-128") ? "shake128" : "shake256";
}

/** RFC 9909: HashSLH-DSA, in the order of the parameter sets. */
const hashSlhDsa = new Map(
  slhDsa.map(([set], i) => [`${nist}.${35 + i}`, `id-hash-slh-dsa-${set}-with-${preHashOf(set)}`]),
);

/** Whether an OID is HashML-DSA's: known by name, but verified by nothing here. */
export function isHashMlDsa(oid: string): boolean {
  return hashMlDsa.has(oid);
}

/** Whether an OID is HashSLH-DSA's: known by name, but verified by nothing here. */
export function isHashSlhDsa(oid: string): boolean {
  return hashSlhDsa.has(oid);
}

/** OID of RSASSA-PSS, whose parameters say what is signed how. */
export const rsassaPss = `${pkcs1}.10`;

/** What is known of a signature algorithm; undefined for one that no RFC of the PKI names. */
export function findSignatureAlgorithm(oid: string): SignatureAlgorithm | undefined {
  return byOid.get(oid);
}

/** `sha256WithRSAEncryption` for a known algorithm, the dotted form for another. */
export function algorithmName(oid: string): string {
  return byOid.get(oid)?.name ?? hashMlDsa.get(oid) ?? hashSlhDsa.get(oid) ?? oid;
}

const keyFamilies = new Map<string, KeyFamily>([
  ["1.2.840.113549.1.1.1", "rsa"],
  [rsassaPss, "rsa"],
  ["1.2.840.10045.2.1", "ec"],
  ["1.2.840.10040.4.1", "dsa"],
  ...list.flatMap(({ keyOid, family }): [string, KeyFamily][] => (keyOid === undefined ? [] : [[keyOid, family]])),
]);

/** The family of a subjectPublicKeyInfo by its algorithm OID; undefined for one that is not known. */
export function keyFamily(oid: string): KeyFamily | undefined {
  return keyFamilies.get(oid);
}

const curves = new Map<string, string>([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
  ["1.3.132.0.33", "P-224"],
  ["1.2.840.10045.3.1.1", "P-192"],
  ["1.3.132.0.10", "secp256k1"],
  ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"],
  ["1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"],
  ["1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"],
]);

/** `P-256` for the OID of a known curve, the dotted form for another. */
export function curveName(oid: string): string {
  return curves.get(oid) ?? oid;
}
