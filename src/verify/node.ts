import { canSign, curveName, findSignatureAlgorithm, isUnsigned, sm2Curve } from "../algorithm/signature-algorithm.ts";
import { load, partInFile } from "../der/in-file.ts";
import { type Check, malformed, notChecked, notLoaded, outcome, unreadableKey, unusableSize } from "./check.ts";
import { isHashedByNode, takeDigest, takeHash } from "./hash-on-the-way.ts";
import { type Crypto, hasher, shakeLength, update } from "./hasher.ts";
import { readIdentifier } from "./identifier.ts";
import { importKey, isBeyondOpenssl, type KeyObject, modulusLength } from "./key.ts";
import { findMadeWith } from "./made-with.ts";
import { loadNoble } from "./noble.ts";
import { findSigner, formatMessage } from "./post-quantum.ts";
import { verifyPss } from "./rsa-pss.ts";
import { defaultSm2Id, sm2Points, verifySm2 } from "./sm2.ts";
import type { SignatureCheck, Verdict, Verifier } from "./verifier.ts";

/**
 * Returns a verifier that uses Node.js: RSA PKCS#1 v1.5, RSASSA-PSS, ECDSA, DSA, Ed25519 and Ed448. It also verifies
 * ML-DSA, SLH-DSA, SM2 and ECDSA with SHAKE, with the @noble packages if the OpenSSL inside Node.js cannot.
 * `node:crypto` is not imported, so bundlers for browsers do not find it and a start that verifies nothing does not
 * load it.
 *
 * @returns undefined if crllint does not run in Node.js
 */
export function nodeVerifier(): Verifier | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (crypto === undefined) return undefined;
  return {
    verify: (check) => verify(crypto, check),
    explain(check) {
      const all = prepare(crypto, check);
      return "verdict" in all ? undefined : findMadeWith(all);
    },
    sha256: (bytes) => takeDigest(bytes) ?? sha256(crypto, bytes),
    sha1: (bytes) => crypto.hash("sha1", bytes, "buffer"),
  };
}

/** Reads the algorithm and the key of a check. Returns the verdict if they decide it. */
function prepare(crypto: Crypto, check: SignatureCheck): Check | Verdict {
  const identifier = readIdentifier(check.algorithm);
  if (identifier === undefined) return notChecked("signatureAlgorithm cannot be read");
  if (isUnsigned(identifier.oid)) return malformed("signatureAlgorithm is id-alg-unsigned: there is no signature");
  const scheme = findSignatureAlgorithm(identifier.oid);
  if (scheme === undefined) return notChecked(`signature algorithm ${identifier.oid} is not known to crllint`);
  const key = importKey(crypto, check.publicKey);
  if (key === undefined) return notChecked("the CA's subjectPublicKeyInfo cannot be read");
  if (canSign(key, scheme) === false) {
    return {
      verdict: "invalid",
      why: `${scheme.name} cannot be made with the CA's key, which is for another algorithm`,
    };
  }
  // RFC 8017 8.1.2 and 8.2.2, step 1. If a CA has many candidates, this excludes most without importing their keys.
  if (scheme.family === "rsa" && key.rsa !== undefined && check.signature.length !== modulusLength(key)) {
    return outcome(false);
  }
  return { ...check, crypto, identifier, key, scheme };
}

function verify(crypto: Crypto, check: SignatureCheck): Verdict {
  const all = prepare(crypto, check);
  if ("verdict" in all) return all;
  const { scheme } = all;
  // Only the hash functions of Node.js accept data in pieces.
  if (!isHashedByNode(scheme)) load(check.data);
  switch (scheme.family) {
    case "rsa":
      return scheme.pss === true ? verifyPss(all) : verifyByNode(all);
    case "ec":
      return scheme.hash?.startsWith("shake") === true ? verifyEcdsaWithShake(all) : verifyByNode(all);
    case "dsa":
    case "ed25519":
    case "ed448":
      return verifyByNode(all);
    case "sm2":
      return verifyWithSm2(all);
    case "ml-dsa":
    case "slh-dsa":
      return verifyPostQuantum(all);
    default:
      return notChecked(`crllint cannot verify ${scheme.name}`);
  }
}

/** Verifies a signature only with `crypto.verify`. */
function verifyByNode(all: Check): Verdict {
  const { crypto, key, scheme, data, signature } = all;
  const { object } = key;
  if (object === undefined) return unreadableKey(all);
  if (isBeyondOpenssl(object)) return unusableSize(all);
  try {
    const isPadded = scheme.family !== "rsa" || data.length < manyBytes || hasPadding(crypto, object, signature);
    return outcome(isPadded && isSignedBy(object, all));
  } catch {
    // Node.js throws if OpenSSL lacks the algorithm or curve, and returns false if the signature does not verify.
    const on = key.curve === undefined ? "" : ` with a key on curve ${curveName(key.curve)}`;
    return notChecked(`this Node.js cannot verify ${scheme.name}${on}`);
  }
}

function isSignedBy(object: KeyObject, { crypto, scheme, data, signature }: Check): boolean {
  if (partInFile(data) === undefined) return crypto.verify(scheme.hash ?? null, data, object, signature);
  const hash = takeHash(data, scheme.hash ?? "") ?? update(crypto.createVerify(scheme.hash ?? ""), data);
  return hash.verify(object, signature);
}

function sha256(crypto: Crypto, bytes: Uint8Array): string {
  // Bytes in memory are hashed in one call: objects that hash pieces remain until the next garbage collection.
  if (partInFile(bytes) === undefined) return crypto.hash("sha256", bytes, "hex");
  return update(crypto.createHash("sha256"), bytes).digest("hex");
}

/** Errors that Node.js reports for a signature that another key made. */
const noPadding: ReadonlySet<string> = new Set([
  "ERR_OSSL_RSA_INVALID_PADDING",
  "ERR_OSSL_RSA_BLOCK_TYPE_IS_NOT_01",
  "ERR_OSSL_RSA_NULL_BEFORE_BLOCK_MISSING",
  "ERR_OSSL_RSA_BAD_PAD_BYTE_COUNT",
  "ERR_OSSL_RSA_PADDING_CHECK_FAILED",
  "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS",
]);

/** Minimum number of bytes that take longer to hash than an RSA signature takes to decrypt. */
const manyBytes = 2 ** 16;

/**
 * Whether an RSA signature decrypts to the padding of PKCS#1 v1.5 (RFC 8017 8.2.2, steps 2 and 3). With a key that did
 * not make it, it does not. Without this check, each of many candidates would hash the whole CRL again.
 */
function hasPadding(crypto: Crypto, key: KeyObject, signature: Uint8Array): boolean {
  try {
    crypto.publicDecrypt({ key, padding: crypto.constants.RSA_PKCS1_PADDING }, signature);
    return true;
  } catch (error) {
    // Other errors, such as that of an OpenSSL that does not decrypt signatures, prove nothing.
    return !(error instanceof Error && "code" in error && noPadding.has(String(error.code)));
  }
}

/**
 * Verifies ECDSA with SHAKE (RFC 8692 4.1.2). By default, OpenSSL uses a SHAKE output of half that length, or rejects
 * the SHAKE.
 */
function verifyEcdsaWithShake(all: Check): Verdict {
  const { crypto, key, scheme, data, signature } = all;
  const name = curveName(key.curve ?? "");
  const curves = loadNoble("@noble/curves/nist.js");
  if (curves === undefined) return notLoaded(all, "@noble/curves");
  const curve = new Map(Object.entries({ "P-256": curves.p256, "P-384": curves.p384, "P-521": curves.p521 })).get(name);
  if (curve === undefined) return notChecked(`crllint cannot verify ${scheme.name} with a key on curve ${name}`);
  if (!curve.utils.isValidPublicKey(key.value)) return unreadableKey(all);
  const digest = hasher(crypto, scheme.hash ?? "", shakeLength(scheme.hash ?? ""))(data);
  try {
    return outcome(curve.verify(signature, digest, key.value, { prehash: false, lowS: false, format: "der" }));
  } catch {
    // The key and the digest are valid, so the signature has an impossible length.
    return outcome(false);
  }
}

/** Verifies SM2. OpenSSL supports it, but Node.js cannot pass it the identity of the signer. */
function verifyWithSm2(all: Check): Verdict {
  const { crypto, key, scheme, data, signature } = all;
  if (key.curve !== sm2Curve) return notChecked(`crllint verifies ${scheme.name} only with a key on curve SM2`);
  if (!crypto.getHashes().includes("sm3")) return notChecked(`this Node.js cannot verify ${scheme.name}: it lacks SM3`);
  const points = sm2Points();
  if (points === undefined) return notLoaded(all, "@noble/curves");
  const sm3 = hasher(crypto, "sm3");
  let point: InstanceType<typeof points>;
  try {
    point = points.fromBytes(key.value);
  } catch {
    return unreadableKey(all);
  }
  const isSignedAs = (id: string): boolean => verifySm2(points, sm3, point, id, data, signature);
  if (isSignedAs(defaultSm2Id)) return outcome(true);
  // OpenSSL signs with an empty identity if none is configured.
  if (!isSignedAs("")) return outcome(false);
  const why = `the signature was made with an empty user identity; GM/T 0009 specifies ${defaultSm2Id}`;
  return { verdict: "invalid", why, apartFrom: "user-identity" };
}

/** Verifies ML-DSA and SLH-DSA (RFC 9881, RFC 9909), with Node.js if it has the algorithm. */
function verifyPostQuantum(all: Check): Verdict {
  const { crypto, key, scheme, data, signature } = all;
  const { object } = key;
  if (object !== undefined && scheme.preHash === undefined && object.asymmetricKeyType === (scheme.set as string)) {
    return outcome(crypto.verify(null, data, object, signature));
  }
  const signer = findSigner(scheme);
  if (signer === undefined) return notLoaded(all, "@noble/post-quantum");
  const { publicKey } = signer.lengths;
  if (key.value.length !== publicKey) {
    return notChecked(`the CA's key has ${key.value.length} bytes; a key for ${scheme.name} must have ${publicKey}`);
  }
  if (signature.length !== scheme.signatureLength) return outcome(false);
  const message = formatMessage(data, scheme, (name, length, bytes) => {
    return hasher(crypto, name, name.startsWith("shake") ? length : undefined)(bytes);
  });
  return outcome(signer.internal.verify(signature, message, key.value));
}
