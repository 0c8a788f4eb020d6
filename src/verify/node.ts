import {
  canSign,
  curveName,
  findSignatureAlgorithm,
  type SignatureAlgorithm,
} from "../algorithm/signature-algorithm.ts";
import { type PublicKey, readPublicKey } from "../algorithm/public-key.ts";
import {
  findForbidden,
  findHash,
  hashOid,
  maskHashOid,
  mgf1 as mgf1Oid,
  type PssParameters,
  readPssParameters,
  saltLengthOf,
} from "../algorithm/pss-parameters.ts";
import { rsassaPss, sm2Curve } from "../algorithm/signature-algorithm.ts";
import { Cursor, newSource, readOutermost, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import { compareOctets, octets, type Tlv } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";
import type { SignatureCheck, Verdict, Verifier } from "./verifier.ts";
import { loadNoble } from "./noble.ts";
import { findSigner, formatMessage } from "./post-quantum.ts";
import { findSaltLength, mgf1, type PssScheme } from "./pss.ts";
import { defaultSm2Id, sm2Points, verifySm2 } from "./sm2.ts";

type Crypto = typeof import("node:crypto");
type KeyObject = ReturnType<Crypto["createPublicKey"]>;

/** A public key: what its subjectPublicKeyInfo says, and the key as Node takes it. */
interface Key extends PublicKey {
  readonly source: Source;
  /** The bytes of subjectPublicKey. */
  readonly value: Uint8Array;
  /** Undefined if this Node cannot read the key. */
  readonly object: KeyObject | undefined;
}

/** One signature under check. */
interface Check extends SignatureCheck {
  readonly crypto: Crypto;
  readonly key: Key;
  readonly scheme: SignatureAlgorithm;
}

/**
 * The verifier on Node: RSA PKCS#1 v1.5, RSASSA-PSS, ECDSA, DSA, Ed25519, Ed448 and, by the @noble packages if the
 * OpenSSL inside Node has none of it, SM2, ECDSA with SHAKE, ML-DSA and SLH-DSA. `node:crypto` is asked for when first
 * needed, so that bundlers for browsers do not meet it and a start that verifies nothing does not load it.
 *
 * @returns undefined where there is no Node
 */
export function nodeVerifier(): Verifier | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (crypto === undefined) return undefined;
  return {
    verify: (check) => verify(crypto, check),
    sha256: (bytes) => crypto.createHash("sha256").update(bytes).digest("hex"),
    sha1: (bytes) => crypto.createHash("sha1").update(bytes).digest(),
  };
}

function verify(crypto: Crypto, check: SignatureCheck): Verdict {
  const identifier = readAlgorithm(check.algorithm);
  if (identifier === undefined) return notChecked("signatureAlgorithm cannot be read");
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
  const all: Check = { ...check, crypto, key, scheme };
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

/** All that `crypto.verify` can do by itself. */
function verifyByNode({ crypto, key, scheme, data, signature }: Check): Verdict {
  const { object } = key;
  if (object === undefined) return unreadableKey(key, scheme);
  if (isBeyondOpenssl(object)) return notChecked(`this Node cannot verify ${scheme.name} with a key of this size`);
  try {
    return outcome(crypto.verify(scheme.hash ?? null, data, object, signature));
  } catch {
    // Node throws if OpenSSL lacks something, and answers false if a signature is bad.
    const on = key.curve === undefined ? "" : ` with a key on curve ${curveName(key.curve)}`;
    return notChecked(`this Node cannot verify ${scheme.name}${on}`);
  }
}

/** OpenSSL refuses such keys without a word (OPENSSL_RSA_MAX_MODULUS_BITS and its like): every signature looks bad. */
function isBeyondOpenssl({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n, divisorLength = 0 } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa") {
    return modulusLength > 16_384 || (modulusLength > 3072 && publicExponent >= 1n << 64n);
  }
  return asymmetricKeyType === "dsa" && (modulusLength > 10_000 || ![160, 224, 256].includes(divisorLength));
}

/** RFC 8017 8.1.2; the padding is taken off here, since Node has one hash for the message and for MGF1. */
function verifyPss(check: Check, { parameters, source }: Identifier): Verdict {
  const { crypto, key, data, signature } = check;
  const { object } = key;
  if (object === undefined) return unreadableKey(key, check.scheme);
  if (isBeyondOpenssl(object))
    return notChecked(`this Node cannot verify ${check.scheme.name} with a key of this size`);
  const scheme = check.scheme.hash === undefined ? pssOf(crypto, source, parameters) : pssShakeOf(check);
  if (typeof scheme === "string") return notChecked(scheme);
  const modulus = Buffer.from(object.export({ format: "jwk" }).n ?? "", "base64url");
  // RFC 8017 8.1.2 step 1 and 5.2.2: as long as the modulus, and less than it.
  if (signature.length !== modulus.length || compareOctets(signature, modulus) >= 0) return outcome(false);
  let found: number | undefined;
  try {
    const padding = crypto.constants.RSA_NO_PADDING;
    const message = crypto.publicDecrypt({ key: object, padding }, signature);
    found = findSaltLength(message, object.asymmetricKeyDetails?.modulusLength ?? 0, data, scheme);
  } catch {
    return notChecked(`this Node cannot verify ${check.scheme.name} with these parameters`);
  }
  if (found === undefined) return outcome(false);
  if (found !== scheme.saltLength) {
    const by = scheme.read === undefined ? check.scheme.name : "saltLength";
    const why = `the signature was made with a salt of ${found} bytes; ${by} says ${scheme.saltLength}`;
    return { verdict: "invalid", why, apartFrom: "salt-length" };
  }
  const forbidden = scheme.read && findForbiddenByKey(key, scheme.read);
  return forbidden === undefined ? outcome(true) : { verdict: "invalid", why: forbidden, apartFrom: "key-parameters" };
}

interface Pss extends PssScheme {
  readonly saltLength: number;
  /** The parameters, if they are not fixed by the OID. */
  readonly read?: PssParameters;
}

/** RSASSA-PSS by its parameters (RFC 4055 3.1), or the reason why nothing can be verified by them. */
function pssOf(crypto: Crypto, source: Source, parameters: Tlv | undefined): Pss | string {
  const read = parameters && readPssParameters(source, parameters, "parameters");
  // Without parameters nothing says what was hashed.
  if (read?.whole !== true) return "id-RSASSA-PSS without parameters that can be read";
  const hash = findHash(hashOid(read) ?? "");
  const maskHash = findHash(maskHashOid(read) ?? "");
  if (hash === undefined) return "RSASSA-PSS with a hash that is not known to crllint";
  if (maskHash === undefined || (read.mask !== undefined && read.mask.oid !== mgf1Oid)) {
    return "RSASSA-PSS with a mask generation function that is not known to crllint";
  }
  const saltLength = saltLengthOf(read);
  if (saltLength === undefined || saltLength < 0) return "RSASSA-PSS with an unreadable saltLength";
  if (read.trailerField !== undefined && read.trailerField.value !== 1) {
    return "RSASSA-PSS with a trailerField other than 1, which no document defines";
  }
  const mask: Pss["mask"] = (seed, length) => mgf1(hasher(crypto, maskHash.name), seed, length);
  return { hash: hasher(crypto, hash.name), mask, saltLength, read };
}

/** RFC 8692 4.1.1: the SHAKE is both the hash, which is as long as the salt, and the mask. */
function pssShakeOf({ crypto, scheme: { hash = "" } }: Check): Pss {
  const saltLength = shakeLength(hash);
  return {
    hash: hasher(crypto, hash, saltLength),
    mask: (seed, length) => hasher(crypto, hash, length)(seed),
    saltLength,
  };
}

/** What the parameters of a key for RSASSA-PSS only forbid of those of a signature. */
function findForbiddenByKey({ oid, source, parameters }: Key, own: PssParameters): string | undefined {
  const wanted = oid === rsassaPss && parameters ? readPssParameters(source, parameters, "") : undefined;
  return wanted?.whole === true ? findForbidden(own, wanted) : undefined;
}

/** Digest in bytes that RFC 8692 4.1 takes of a SHAKE. */
function shakeLength(name: string): number {
  return name === "shake128" ? 32 : 64;
}

/** A hash over parts; of a SHAKE, the length in bytes is needed. */
function hasher(crypto: Crypto, name: string, outputLength?: number): PssScheme["hash"] {
  const options = outputLength === undefined ? {} : { outputLength };
  return (...parts) => {
    const hash = crypto.createHash(name, options);
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
}

/** RFC 8692 4.1.2. OpenSSL takes a SHAKE for half as long a digest, or refuses it. */
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
    // The key and the digest are right: it is the length of the signature that is impossible.
    return outcome(false);
  }
}

/** OpenSSL can verify SM2, but Node has no way to give it the identity of the signer. */
function verifyWithSm2({ crypto, key, scheme, data, signature }: Check): Verdict {
  if (key.curve !== sm2Curve) return notChecked(`crllint verifies ${scheme.name} on the curve of SM2 only`);
  if (!crypto.getHashes().includes("sm3")) return notChecked(`this Node cannot verify ${scheme.name}: it lacks SM3`);
  const points = sm2Points();
  if (points === undefined) return notLoaded(scheme, "@noble/curves");
  const sm3 = hasher(crypto, "sm3");
  let point: InstanceType<typeof points>;
  try {
    point = points.fromBytes(key.value);
  } catch {
    return unreadableKey(key, scheme);
  }
  const isBy = (id: string): boolean => verifySm2(points, sm3, point, id, data, signature);
  if (isBy(defaultSm2Id)) return outcome(true);
  // What OpenSSL signs with if it is not told the identity.
  if (!isBy("")) return outcome(false);
  const why = `the signature was made with an empty user identity; GM/T 0009 says ${defaultSm2Id}`;
  return { verdict: "invalid", why, apartFrom: "user-identity" };
}

/** RFC 9881 and RFC 9909: by Node if it has the algorithm. */
function verifyPostQuantum({ crypto, key, scheme, data, signature }: Check): Verdict {
  const { object } = key;
  if (object !== undefined && scheme.preHash === undefined && object.asymmetricKeyType === (scheme.set as string)) {
    return outcome(crypto.verify(null, data, object, signature));
  }
  const signer = findSigner(scheme);
  if (signer === undefined) return notLoaded(scheme, "@noble/post-quantum");
  const { publicKey } = signer.lengths;
  if (key.value.length !== publicKey) {
    return notChecked(`the CA's key has ${key.value.length} bytes; a key for ${scheme.name} has ${publicKey}`);
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

function unreadableKey({ curve, parameters }: Key, { name, family }: SignatureAlgorithm): Verdict {
  // RFC 3279 2.3.2.
  if (family === "dsa" && parameters === undefined) {
    return notChecked("the CA's DSA key has no parameters of its own: it inherits those of its issuer");
  }
  const on = curve === undefined ? "" : ` on curve ${curveName(curve)}`;
  return notChecked(`this Node cannot read the CA's key${on} for ${name}`);
}

function notLoaded({ name }: SignatureAlgorithm, module: string): Verdict {
  return notChecked(`this Node cannot verify ${name}, and the package ${module} cannot be loaded`);
}

/** Keys of the last checks: a folder of CRLs has few CAs, and importing a key costs as much as using it. */
const imported = new Map<string, Key | undefined>();

/** Number of keys that are kept, and the longest in bytes: an SPKI of ML-DSA-87 has 2,614. */
const maximumKeys = 256;
const longestKey = 4096;

/** The octets that were asked for last, and their key: with one CA they are the same object every time. */
let last: { readonly octets: Uint8Array; readonly key: Key | undefined } | undefined;

function importKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
  if (last?.octets !== publicKey) last = { octets: publicKey, key: findKey(crypto, publicKey) };
  return last.key;
}

function findKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
  const id = publicKey.length > longestKey ? undefined : latin1(publicKey);
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
  const value = octets(publicKey, read.bits);
  let object: KeyObject | undefined;
  try {
    // An RSA key under an OID that restricts it is one that Node refuses to take the padding off with, or to read.
    // Buffer.from would copy; a view is enough for an import that copies anyway.
    object =
      read.rsa === undefined
        ? crypto.createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" })
        : crypto.createPublicKey({ key: Buffer.from(value), format: "der", type: "pkcs1" });
  } catch {
    object = undefined;
  }
  return { ...read, source, value, object };
}

interface Identifier {
  readonly oid: string;
  readonly parameters: Tlv | undefined;
  readonly source: Source;
}

function readAlgorithm(bytes: Uint8Array): Identifier | undefined {
  const source = newSource(bytes, { keep: 0 });
  const outer = readOutermost(source, "");
  if (outer === undefined) return undefined;
  const cursor = Cursor.inside(source, outer, "");
  const id = cursor.take(Tag.oid, "");
  const oid = id && readOid(source, id, "");
  return oid === undefined ? undefined : { oid, parameters: cursor.read(""), source };
}
