import { findHash } from "../algorithm/pss-parameters.ts";
import { findWithHash, rsassaPss, algorithmName, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { Cursor, newSource, readOutermost } from "../der/cursor.ts";
import { piecesOf } from "../der/in-file.ts";
import { bytesOf, contents, sameBytes } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import type { Check } from "./check.ts";
import { hasher } from "./hasher.ts";
import { readIdentifier } from "./identifier.ts";
import { isBeyondOpenssl, type KeyObject } from "./key.ts";
import { findSaltLength } from "./pss.ts";
import { bitsOf, decrypt, describeMisstated, describePss, type PssValues, pssWith, readStated } from "./rsa-pss.ts";
import type { Invalid } from "./verifier.ts";

/** The hashes of RFC 4055 2.1, with which RFC 3279 and RFC 5758 define RSA, DSA and ECDSA. */
const usualHashes = ["sha1", "sha224", "sha256", "sha384", "sha512"] as const;

/**
 * Finds the algorithm with which the key made a signature, if it is not the one that the AlgorithmIdentifier states.
 *
 * A block of PKCS #1 v1.5 names its hash, so the data is hashed once. Of RSASSA-PSS, the form of the block excludes
 * nearly all combinations. For ECDSA and DSA, the data is read once for all hashes.
 *
 * @param check one that does not verify
 * @returns undefined if the key did not make the signature, or crllint does not know the algorithm
 */
export function findMadeWith(check: Check): Invalid | undefined {
  const { key, scheme } = check;
  const { object } = key;
  if (object === undefined || isBeyondOpenssl(object)) return undefined;
  try {
    switch (scheme.family) {
      case "rsa":
        return findRsa(check, object);
      case "ec":
      case "dsa":
        return misnamed(scheme, findByHash(check, object)?.name);
      default:
        return undefined;
    }
  } catch {
    // OpenSSL lacks a hash, or cannot use the key.
    return undefined;
  }
}

function misnamed({ name }: SignatureAlgorithm, made: string | undefined): Invalid | undefined {
  if (made === undefined) return undefined;
  const why = `the signature was made with ${made}; signatureAlgorithm is ${name}`;
  return { verdict: "invalid", why, apartFrom: "algorithm", misstated: ["algorithm"] };
}

/** Tries all hashes with a scheme that hashes the data and shows nothing of the hash. */
function findByHash({ crypto, scheme, data, signature }: Check, object: KeyObject): SignatureAlgorithm | undefined {
  const others = usualHashes
    .filter((hash) => hash !== scheme.hash)
    .map((hash) => ({ hash: crypto.createVerify(hash), algorithm: findWithHash(scheme.family, hash) }));
  for (const piece of piecesOf(data)) for (const { hash } of others) hash.update(piece);
  return others.find(({ hash }) => hash.verify(object, signature))?.algorithm;
}

function findRsa(check: Check, object: KeyObject): Invalid | undefined {
  const { scheme } = check;
  const block = decrypt(check, object);
  if (block === undefined) return undefined;
  const hash = findPkcs1Hash(check, block);
  if (hash !== undefined) {
    const isStated = scheme.hash === hash && scheme.pss !== true;
    return isStated ? undefined : misnamed(scheme, findWithHash("rsa", hash)?.name);
  }
  const stated = scheme.oid === rsassaPss ? readStated(check) : undefined;
  if (stated !== undefined && "verdict" in stated) return undefined;
  const made = findPss(check, block, bitsOf(object), stated);
  if (made === undefined) return undefined;
  if (stated !== undefined) return describeMisstated(made, stated);
  return misnamed(scheme, `${algorithmName(rsassaPss)}, ${describePss(made)}`);
}

/** Returns the hash of a block of PKCS #1 v1.5 (RFC 8017 9.2), if it is the hash of the data. */
function findPkcs1Hash({ crypto, data }: Check, block: Uint8Array): string | undefined {
  const end = block.indexOf(0, 2);
  // RFC 8017 9.2 step 5: the padding has at least 8 bytes.
  const isPadded =
    block[0] === 0 && block[1] === 1 && end >= 10 && block.subarray(2, end).every((byte) => byte === 0xff);
  if (!isPadded) return undefined;
  const source = newSource(block.subarray(end + 1), { keep: 0 });
  const outer = readOutermost(source, "");
  const cursor = outer && Cursor.inside(source, outer, "");
  const algorithm = cursor?.take(Tag.sequence, "");
  const digest = cursor?.take(Tag.octetString, "");
  if (algorithm === undefined || digest === undefined) return undefined;
  const hash = findHash(readIdentifier(bytesOf(source.bytes, algorithm))?.oid ?? "")?.name;
  if (hash === undefined) return undefined;
  return sameBytes(hasher(crypto, hash)(data), contents(source.bytes, digest)) ? hash : undefined;
}

/** Tries RSASSA-PSS with each hash, and MGF1 with each. */
function findPss(
  { crypto, data }: Check,
  block: Uint8Array,
  bits: number,
  stated: PssValues | undefined,
): PssValues | undefined {
  const hashes = new Set([...usualHashes, ...(stated === undefined ? [] : [stated.hash, stated.maskHash])]);
  for (const hash of hashes) {
    for (const maskHash of hashes) {
      const saltLength = findSaltLength(block, bits, data, pssWith(crypto, hash, maskHash));
      if (saltLength !== undefined) return { hash, maskHash, saltLength };
    }
  }
  return undefined;
}
