import {
  canSign,
  curveName,
  findSignatureAlgorithm,
  isUnsigned,
  type SignatureAlgorithm,
} from "../algorithm/signature-algorithm.ts";
import { type PublicKey, readPublicKey } from "../algorithm/public-key.ts";
import {
  findForbidden,
  findHash,
  hashOid,
  isLength,
  maskHashOid,
  mgf1 as mgf1Oid,
  type PssParameters,
  readPssParameters,
  saltLengthOf,
} from "../algorithm/pss-parameters.ts";
import { rsassaPss, sm2Curve } from "../algorithm/signature-algorithm.ts";
import { newSource, readOutermost, type Source } from "../der/cursor.ts";
import { bytesOf, compareBytes, contents, type Tlv } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { load, partInFile, piecesOf } from "../der/in-file.ts";
import { isHashedByNode, takeDigest, takeHash } from "./hash-on-the-way.ts";
import { type Identifier, readIdentifier } from "./identifier.ts";
import type { SignatureCheck, Verdict, Verifier } from "./verifier.ts";
import { loadNoble } from "./noble.ts";
import { findSigner, formatMessage } from "./post-quantum.ts";
import { findSaltLength, mgf1, type PssScheme } from "./pss.ts";
import { defaultSm2Id, sm2Points, verifySm2 } from "./sm2.ts";

type Crypto = typeof import("node:crypto");
type KeyObject = ReturnType<Crypto["createPublicKey"]>;

/** A public key: the fields of its subjectPublicKeyInfo, and the key object of Node.js. */
interface Key extends PublicKey {
  readonly source: Source;
  /** The bytes of subjectPublicKey. */
  readonly value: Uint8Array;
  /** Imported when it is first needed; undefined if this Node.js cannot read the key. */
  readonly object: KeyObject | undefined;
}

/** A signature check with the objects for it. */
interface Check extends SignatureCheck {
  readonly crypto: Crypto;
  readonly key: Key;
  readonly scheme: SignatureAlgorithm;
}

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
    sha256: (bytes) => takeDigest(bytes) ?? sha256(crypto, bytes),
    sha1: (bytes) => crypto.hash("sha1", bytes, "buffer"),
  };
}

function verify(crypto: Crypto, check: SignatureCheck): Verdict {
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
  const all: Check = { ...check, crypto, key, scheme };
  // Only the hash functions of Node.js accept data in pieces.
  if (!isHashedByNode(scheme)) load(check.data);
  switch (scheme.family) {
    case "rsa":
      return scheme.pss === true ? verifyPss(all, identifier) : verifyByNode(all);
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
  if (object === undefined) return unreadableKey(key, scheme);
  if (isBeyondOpenssl(object)) return notChecked(`this Node.js cannot verify ${scheme.name} with a key of this size`);
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

/** Passes bytes to a hash, also those that are not in memory. */
function update<T extends { update(bytes: Uint8Array): unknown }>(hash: T, bytes: Uint8Array): T {
  for (const piece of piecesOf(bytes)) hash.update(piece);
  return hash;
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
 * Whether OpenSSL rejects a key because of its size (OPENSSL_RSA_MAX_MODULUS_BITS and others). It reports no error, but
 * no signature then verifies.
 */
function isBeyondOpenssl(key: KeyObject): boolean {
  const { asymmetricKeyType } = key;
  // Node.js aborts if it reads the details of an EC key whose point is the point at infinity.
  if (asymmetricKeyType !== "rsa" && asymmetricKeyType !== "dsa") return false;
  const { modulusLength = 0, publicExponent = 0n, divisorLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa") {
    return modulusLength > 16_384 || (modulusLength > 3072 && publicExponent >= 1n << 64n);
  }
  return modulusLength > 10_000 || ![160, 224, 256].includes(divisorLength);
}

/**
 * Verifies RSASSA-PSS (RFC 8017 8.1.2). The padding is decoded here, because Node.js uses the same hash for the message
 * and for MGF1.
 */
function verifyPss(check: Check, { parameters, source }: Identifier): Verdict {
  const { crypto, key, data, signature } = check;
  const { object } = key;
  if (object === undefined) return unreadableKey(key, check.scheme);
  if (isBeyondOpenssl(object))
    return notChecked(`this Node.js cannot verify ${check.scheme.name} with a key of this size`);
  const scheme = check.scheme.hash === undefined ? pssOf(crypto, source, parameters) : pssShakeOf(check);
  if ("verdict" in scheme) return scheme;
  const modulus = Buffer.from(object.export({ format: "jwk" }).n ?? "", "base64url");
  // RFC 8017 8.1.2 step 1 and 5.2.2: the signature must be as long as the modulus, and less than it.
  if (signature.length !== modulus.length || compareBytes(signature, modulus) >= 0) return outcome(false);
  let found: number | undefined;
  try {
    const padding = crypto.constants.RSA_NO_PADDING;
    const message = crypto.publicDecrypt({ key: object, padding }, signature);
    found = findSaltLength(message, object.asymmetricKeyDetails?.modulusLength ?? 0, data, scheme);
  } catch {
    return notChecked(`this Node.js cannot verify ${check.scheme.name} with these parameters`);
  }
  if (found === undefined) return outcome(false);
  if (found !== scheme.saltLength) {
    const expected = scheme.read === undefined ? `${check.scheme.name} requires` : "saltLength is";
    const why = `the signature was made with a salt of ${found} bytes; ${expected} ${scheme.saltLength}`;
    return { verdict: "invalid", why, apartFrom: "salt-length" };
  }
  const forbidden = scheme.read && findForbiddenByKey(key, scheme.read);
  return forbidden === undefined ? outcome(true) : { verdict: "invalid", why: forbidden, apartFrom: "key-parameters" };
}

interface Pss extends PssScheme {
  readonly saltLength: number;
  /** The parameters; undefined if the OID determines them. */
  readonly read?: PssParameters;
}

/** Returns RSASSA-PSS with its parameters (RFC 4055 3.1), or the verdict if crllint cannot verify with them. */
function pssOf(crypto: Crypto, source: Source, parameters: Tlv | undefined): Pss | Verdict {
  const read = parameters && readPssParameters(source, parameters, "parameters");
  // RFC 4055 3.1: only the parameters name the hash.
  if (read?.whole !== true) return malformed("id-RSASSA-PSS without readable parameters");
  const hash = findHash(hashOid(read) ?? "");
  const maskHash = findHash(maskHashOid(read) ?? "");
  if (hash === undefined) return notChecked("RSASSA-PSS with a hash that is not known to crllint");
  if (maskHash === undefined || (read.mask !== undefined && read.mask.oid !== mgf1Oid)) {
    return notChecked("RSASSA-PSS with a mask generation function that is not known to crllint");
  }
  const saltLength = saltLengthOf(read);
  if (!isLength(saltLength)) return malformed("RSASSA-PSS with a saltLength that is not the length of a salt");
  if (read.trailerField !== undefined && read.trailerField.value !== 1) {
    return notChecked("RSASSA-PSS with a trailerField other than 1, which no document defines");
  }
  const mask: Pss["mask"] = (seed, length) => mgf1(hasher(crypto, maskHash.name), seed, length);
  return { hash: hasher(crypto, hash.name), mask, saltLength, read };
}

/**
 * Returns RSASSA-PSS with SHAKE (RFC 8692 4.1.1). The SHAKE is used for the hash, which is as long as the salt, and for
 * the mask.
 */
function pssShakeOf({ crypto, scheme: { hash = "" } }: Check): Pss {
  const saltLength = shakeLength(hash);
  return {
    hash: hasher(crypto, hash, saltLength),
    mask: (seed, length) => hasher(crypto, hash, length)(seed),
    saltLength,
  };
}

/** Returns, in words, the parameter of a signature that the parameters of an id-RSASSA-PSS key forbid. */
function findForbiddenByKey({ oid, source, parameters }: Key, own: PssParameters): string | undefined {
  const ofKey = oid === rsassaPss && parameters ? readPssParameters(source, parameters, "") : undefined;
  return ofKey?.whole === true ? findForbidden(own, ofKey) : undefined;
}

/** Returns the output length of a SHAKE in bytes (RFC 8692 4.1). */
function shakeLength(name: string): number {
  return name === "shake128" ? 32 : 64;
}

/** Returns a hash over concatenated parts. A SHAKE needs an output length in bytes. */
function hasher(crypto: Crypto, name: string, outputLength?: number): PssScheme["hash"] {
  const options = outputLength === undefined ? {} : { outputLength };
  return (...parts) => {
    const hash = crypto.createHash(name, options);
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
}

/**
 * Verifies ECDSA with SHAKE (RFC 8692 4.1.2). By default, OpenSSL uses a SHAKE output of half that length, or rejects
 * the SHAKE.
 */
function verifyEcdsaWithShake({ crypto, key, scheme, data, signature }: Check): Verdict {
  const name = curveName(key.curve ?? "");
  const curves = loadNoble("@noble/curves/nist.js");
  if (curves === undefined) return notLoaded(scheme, "@noble/curves");
  const curve = new Map(Object.entries({ "P-256": curves.p256, "P-384": curves.p384, "P-521": curves.p521 })).get(name);
  if (curve === undefined) return notChecked(`crllint cannot verify ${scheme.name} with a key on curve ${name}`);
  if (!curve.utils.isValidPublicKey(key.value)) return unreadableKey(key, scheme);
  const digest = hasher(crypto, scheme.hash ?? "", shakeLength(scheme.hash ?? ""))(data);
  try {
    return outcome(curve.verify(signature, digest, key.value, { prehash: false, lowS: false, format: "der" }));
  } catch {
    // The key and the digest are valid, so the signature has an impossible length.
    return outcome(false);
  }
}

/** Verifies SM2. OpenSSL supports it, but Node.js cannot pass it the identity of the signer. */
function verifyWithSm2({ crypto, key, scheme, data, signature }: Check): Verdict {
  if (key.curve !== sm2Curve) return notChecked(`crllint verifies ${scheme.name} only with a key on curve SM2`);
  if (!crypto.getHashes().includes("sm3")) return notChecked(`this Node.js cannot verify ${scheme.name}: it lacks SM3`);
  const points = sm2Points();
  if (points === undefined) return notLoaded(scheme, "@noble/curves");
  const sm3 = hasher(crypto, "sm3");
  let point: InstanceType<typeof points>;
  try {
    point = points.fromBytes(key.value);
  } catch {
    return unreadableKey(key, scheme);
  }
  const isSignedAs = (id: string): boolean => verifySm2(points, sm3, point, id, data, signature);
  if (isSignedAs(defaultSm2Id)) return outcome(true);
  // OpenSSL signs with an empty identity if none is configured.
  if (!isSignedAs("")) return outcome(false);
  const why = `the signature was made with an empty user identity; GM/T 0009 specifies ${defaultSm2Id}`;
  return { verdict: "invalid", why, apartFrom: "user-identity" };
}

/** Verifies ML-DSA and SLH-DSA (RFC 9881, RFC 9909), with Node.js if it has the algorithm. */
function verifyPostQuantum({ crypto, key, scheme, data, signature }: Check): Verdict {
  const { object } = key;
  if (object !== undefined && scheme.preHash === undefined && object.asymmetricKeyType === (scheme.set as string)) {
    return outcome(crypto.verify(null, data, object, signature));
  }
  const signer = findSigner(scheme);
  if (signer === undefined) return notLoaded(scheme, "@noble/post-quantum");
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

function outcome(isValid: boolean): Verdict {
  return isValid ? { verdict: "valid" } : { verdict: "invalid", why: "the CA's key does not verify the signature" };
}

function notChecked(why: string): Verdict {
  return { verdict: "not-checked", why };
}

function malformed(why: string): Verdict {
  return { verdict: "not-checked", why, isMalformed: true };
}

function unreadableKey({ curve, parameters }: Key, { name, family }: SignatureAlgorithm): Verdict {
  // RFC 3279 2.3.2.
  if (family === "dsa" && parameters === undefined) {
    return notChecked("the CA's DSA key has no parameters: it inherits those of the CA's issuer");
  }
  const on = curve === undefined ? "" : ` on curve ${curveName(curve)}`;
  return notChecked(`this Node.js cannot read the CA's key${on} for ${name}`);
}

function notLoaded({ name }: SignatureAlgorithm, module: string): Verdict {
  return notChecked(`this Node.js cannot verify ${name}, and the package ${module} cannot be loaded`);
}

/** The most recently used keys: a directory of CRLs has few CAs, and importing a key takes as long as using it. */
const imported = new Map<string, Key | undefined>();

/**
 * Maximum number of keys that are kept, more than the CCADB has, and maximum bytes of one: an SPKI of ML-DSA-87 has
 * 2,614.
 */
const maximumKeys = 16_384;
const maximumKeyLength = 4096;

/** Keys by the object with their bytes, which is always the same for one certificate. */
const known = new WeakMap<Uint8Array, { readonly key: Key | undefined }>();

function importKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
  let found = known.get(publicKey);
  if (found === undefined) known.set(publicKey, (found = { key: findKey(crypto, publicKey) }));
  return found.key;
}

function findKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
  const id = publicKey.length > maximumKeyLength ? undefined : latin1(publicKey);
  if (id !== undefined && imported.has(id)) return imported.get(id);
  const key = readKey(crypto, publicKey);
  for (const oldest of imported.keys()) {
    if (imported.size < maximumKeys) break;
    imported.delete(oldest);
  }
  if (id !== undefined) imported.set(id, key);
  return key;
}

function readKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
  const source = newSource(publicKey, { keep: 0 });
  const outer = readOutermost(source, "");
  const read = outer && readPublicKey(source, outer, "");
  if (read === undefined) return undefined;
  const value = bytesOf(publicKey, read.bits);
  let object: KeyObject | undefined;
  let isImported = false;
  return {
    ...read,
    source,
    value,
    get object() {
      // SEC 1 2.3.3: a single byte is the point at infinity, which OpenSSL imports as a key.
      const isInfinity = read.curve !== undefined && value.length === 1;
      if (!isImported && !isInfinity) {
        object = importObject(crypto, publicKey, read.rsa === undefined ? undefined : value);
      }
      isImported = true;
      return object;
    },
  };
}

/** @param rsa the RSAPublicKey, for an RSA key */
function importObject(crypto: Crypto, publicKey: Uint8Array, rsa: Uint8Array | undefined): KeyObject | undefined {
  try {
    // Node.js cannot read an RSA key whose OID restricts it to RSASSA-PSS, or cannot decrypt with it without padding.
    return rsa === undefined
      ? crypto.createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" })
      : crypto.createPublicKey({ key: Buffer.from(rsa), format: "der", type: "pkcs1" });
  } catch {
    return undefined;
  }
}

/** Returns the length of the modulus of an RSA key in bytes. */
function modulusLength({ source, rsa }: Key): number | undefined {
  if (rsa === undefined) return undefined;
  const value = contents(source.bytes, rsa.modulus);
  const first = value.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : value.length - first;
}
