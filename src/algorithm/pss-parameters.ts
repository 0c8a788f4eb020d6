import { Cursor, type Source } from "../der/cursor.ts";
import { checkInteger, smallInteger } from "../der/integer.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";

/** A hash AlgorithmIdentifier inside RSASSA-PSS-params. */
export interface HashIdentifier extends Tlv {
  readonly oid: string | undefined;
  readonly parameters: Tlv | undefined;
}

/** RSASSA-PSS-params (RFC 4055 3.1). A field that is undefined has its DEFAULT, if `whole` is true. */
export interface PssParameters {
  readonly hash: HashIdentifier | undefined;
  /** OID of the mask generation function, and the hash that it uses. */
  readonly mask: (Tlv & { readonly oid: string | undefined; readonly hash: HashIdentifier | undefined }) | undefined;
  readonly saltLength: (Tlv & { readonly value: number | undefined }) | undefined;
  readonly trailerField: (Tlv & { readonly value: number | undefined }) | undefined;
  /**
   * Whether every encoded field was read and nothing else is encoded. Only then does an absent field mean its DEFAULT.
   */
  readonly whole: boolean;
}

/** A field of RSASSA-PSS-params whose value the signer chooses. */
export type PssField = "hashAlgorithm" | "maskGenAlgorithm" | "saltLength";

/** OID of SHA-1, the DEFAULT of hashAlgorithm and of the hash in maskGenAlgorithm. */
export const sha1 = "1.3.14.3.2.26";

/** DEFAULT of saltLength, in bytes. */
export const defaultSaltLength = 20;

const hashes = new Map<string, { readonly name: string; readonly length: number }>([
  [sha1, { name: "sha1", length: 20 }],
  ["2.16.840.1.101.3.4.2.4", { name: "sha224", length: 28 }],
  ["2.16.840.1.101.3.4.2.1", { name: "sha256", length: 32 }],
  ["2.16.840.1.101.3.4.2.2", { name: "sha384", length: 48 }],
  ["2.16.840.1.101.3.4.2.3", { name: "sha512", length: 64 }],
  // RFC 8017 A.2.1 and RFC 9688 2.
  ["2.16.840.1.101.3.4.2.5", { name: "sha512-224", length: 28 }],
  ["2.16.840.1.101.3.4.2.6", { name: "sha512-256", length: 32 }],
  ["2.16.840.1.101.3.4.2.7", { name: "sha3-224", length: 28 }],
  ["2.16.840.1.101.3.4.2.8", { name: "sha3-256", length: 32 }],
  ["2.16.840.1.101.3.4.2.9", { name: "sha3-384", length: 48 }],
  ["2.16.840.1.101.3.4.2.10", { name: "sha3-512", length: 64 }],
]);

/** Returns the name and the output length in bytes of a hash by its OID; undefined for an unknown one. */
export function findHash(oid: string): { readonly name: string; readonly length: number } | undefined {
  return hashes.get(oid);
}

/** Returns the OID of the hash over the message; undefined if it cannot be read. */
export function hashOid({ hash }: PssParameters): string | undefined {
  return hash === undefined ? sha1 : hash.oid;
}

/** Returns the OID of the hash of the mask generation function; undefined if it cannot be read. */
export function maskHashOid({ mask }: PssParameters): string | undefined {
  return mask === undefined ? sha1 : mask.hash?.oid;
}

/** Returns the length of the salt in bytes; undefined if it cannot be read. */
export function saltLengthOf({ saltLength }: PssParameters): number | undefined {
  return saltLength === undefined ? defaultSaltLength : saltLength.value;
}

/** Whether a saltLength is a number of bytes. */
export function isLength(saltLength: number | undefined): saltLength is number {
  return saltLength !== undefined && saltLength >= 0;
}

/**
 * Finds a parameter of a signature that the parameters of its id-RSASSA-PSS key forbid. Hash and mask must be the same,
 * and the salt must be at least as long (RFC 4055 3.3).
 *
 * @returns the difference in words; undefined if there is none
 */
export function findForbidden(own: PssParameters, ofKey: PssParameters): string | undefined {
  const [hash, keyHash] = [nameOf(hashOid(own)), nameOf(hashOid(ofKey))];
  if (hash !== keyHash) return `signed with ${hash} by a key that is restricted to ${keyHash}`;
  const [mask, keyMask] = [nameOf(maskHashOid(own)), nameOf(maskHashOid(ofKey))];
  if (mask !== keyMask) return `signed using MGF1 with ${mask} by a key that is restricted to MGF1 with ${keyMask}`;
  const [salt = 0, minimumSalt = 0] = [saltLengthOf(own), saltLengthOf(ofKey)];
  if (salt >= minimumSalt) return undefined;
  return `signed with a salt of ${salt} bytes by a key that requires at least ${minimumSalt}`;
}

function nameOf(oid: string | undefined): string {
  return findHash(oid ?? "")?.name ?? oid ?? "an unreadable hash";
}

/** OID of MGF1 (RFC 8017 B.2.1). */
export const mgf1 = "1.2.840.113549.1.1.8";

/**
 * Reads RSASSA-PSS-params.
 *
 * @param parameters the parameters of the AlgorithmIdentifier
 * @returns undefined if they are not a SEQUENCE
 */
export function readPssParameters(source: Source, parameters: Tlv, path: string): PssParameters | undefined {
  if (parameters.tag !== Tag.sequence) return undefined;
  const cursor = Cursor.inside(source, parameters, path);
  let whole = true;
  const field = <T>(number: number, name: string, read: (source: Source, cursor: Cursor) => T | undefined) => {
    const outer = cursor.take(context(number, true), name);
    if (outer === undefined) return undefined;
    const inner = Cursor.inside(source, outer, `${path}.${name}`);
    const value = read(source, inner);
    whole &&= value !== undefined && inner.atEnd;
    return value;
  };
  const hash = field(0, "hashAlgorithm", readHash);
  const mask = field(1, "maskGenAlgorithm", readMask);
  const saltLength = field(2, "saltLength", readNumber);
  const trailerField = field(3, "trailerField", readNumber);
  whole &&= cursor.atEnd;
  cursor.expectEnd();
  return { hash, mask, saltLength, trailerField, whole };
}

function readHash(source: Source, cursor: Cursor): HashIdentifier | undefined {
  const tlv = cursor.take(Tag.sequence, "");
  if (tlv === undefined) return undefined;
  const inner = Cursor.inside(source, tlv, cursor.path);
  const id = inner.take(Tag.oid, "algorithm");
  const oid = id && readOid(source, id, cursor.path);
  return { oid, parameters: inner.read("parameters"), ...tlv };
}

function readMask(source: Source, cursor: Cursor): PssParameters["mask"] {
  const tlv = cursor.take(Tag.sequence, "");
  if (tlv === undefined) return undefined;
  const inner = Cursor.inside(source, tlv, cursor.path);
  const id = inner.take(Tag.oid, "algorithm");
  return { oid: id && readOid(source, id, cursor.path), hash: readHash(source, inner), ...tlv };
}

function readNumber(source: Source, cursor: Cursor): PssParameters["saltLength"] {
  const tlv = cursor.take(Tag.integer, "");
  if (tlv === undefined) return undefined;
  checkInteger(source, tlv, cursor.path);
  return { value: smallInteger(source.bytes, tlv), ...tlv };
}
