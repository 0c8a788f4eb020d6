import { type PublicKey, readPublicKey } from "../algorithm/public-key.ts";
import { newSource, readOutermost, type Source } from "../der/cursor.ts";
import { bytesOf, contents } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import type { Crypto } from "./hasher.ts";

/** A public key of Node.js. */
export type KeyObject = ReturnType<Crypto["createPublicKey"]>;

/** A public key: the fields of its subjectPublicKeyInfo, and the key object of Node.js. */
export interface Key extends PublicKey {
  readonly source: Source;
  /** The bytes of subjectPublicKey. */
  readonly value: Uint8Array;
  /** Imported when it is first needed; undefined if this Node.js cannot read the key. */
  readonly object: KeyObject | undefined;
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

/** Reads a subjectPublicKeyInfo. Returns undefined if it cannot be read. */
export function importKey(crypto: Crypto, publicKey: Uint8Array): Key | undefined {
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
export function modulusLength({ source, rsa }: Key): number | undefined {
  if (rsa === undefined) return undefined;
  const value = contents(source.bytes, rsa.modulus);
  const first = value.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : value.length - first;
}

/**
 * Whether OpenSSL rejects a key because of its size (OPENSSL_RSA_MAX_MODULUS_BITS and others). It reports no error, but
 * no signature then verifies.
 */
export function isBeyondOpenssl(key: KeyObject): boolean {
  const { asymmetricKeyType } = key;
  // Node.js aborts if it reads the details of an EC key whose point is the point at infinity.
  if (asymmetricKeyType !== "rsa" && asymmetricKeyType !== "dsa") return false;
  const { modulusLength = 0, publicExponent = 0n, divisorLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (asymmetricKeyType === "rsa") {
    return modulusLength > 16_384 || (modulusLength > 3072 && publicExponent >= 1n << 64n);
  }
  return modulusLength > 10_000 || ![160, 224, 256].includes(divisorLength);
}
