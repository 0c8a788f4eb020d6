import { readBitString } from "../der/bit-string.ts";
import { Cursor, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import type { Span, Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { isRsaOid } from "./signature-algorithm.ts";

/** The fields of a certificate's subjectPublicKeyInfo that crllint uses. */
export interface PublicKey extends Tlv {
  /** Dotted OID of the algorithm. */
  readonly oid: string | undefined;
  /** Dotted OID of the named curve, for an EC key. */
  readonly curve: string | undefined;
  /** Parameters of the AlgorithmIdentifier. */
  readonly parameters: Tlv | undefined;
  /** The AlgorithmIdentifier. */
  readonly algorithm: Tlv;
  /** The bytes of subjectPublicKey. */
  readonly bits: Span;
  /** The INTEGERs modulus and publicExponent, for an RSA key. */
  readonly rsa: { readonly modulus: Tlv; readonly publicExponent: Tlv } | undefined;
}

/**
 * Reads SubjectPublicKeyInfo (RFC 5280 4.1.2.7).
 *
 * @returns undefined if it does not contain an algorithm and a key that can be found
 */
export function readPublicKey(source: Source, spki: Tlv, path: string): PublicKey | undefined {
  const cursor = Cursor.inside(source, spki, path);
  const algorithm = cursor.take(Tag.sequence, "algorithm");
  const bitString = cursor.take(Tag.bitString, "subjectPublicKey");
  const bits = bitString && readBitString(source, bitString, `${path}.subjectPublicKey`);
  if (algorithm === undefined || bits === undefined) return undefined;
  const inner = Cursor.inside(source, algorithm, `${path}.algorithm`);
  const id = inner.take(Tag.oid, "algorithm");
  const oid = id && readOid(source, id, `${path}.algorithm.algorithm`);
  const parameters = inner.read("parameters");
  const curve = parameters?.tag === Tag.oid ? readOid(source, parameters, `${path}.algorithm.parameters`) : undefined;
  const rsa = isRsaOid(oid) ? readRsaKey(source, bits, path) : undefined;
  return { oid, curve, parameters, algorithm, bits, rsa, ...spki };
}

/** Reads RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER } (RFC 8017 A.1.1). */
function readRsaKey(source: Source, bits: Span, path: string): PublicKey["rsa"] {
  const key = new Cursor(source, bits, `${path}.subjectPublicKey`).take(Tag.sequence, "");
  if (key === undefined) return undefined;
  const cursor = Cursor.inside(source, key, `${path}.subjectPublicKey`);
  const modulus = cursor.take(Tag.integer, "modulus");
  const publicExponent = cursor.take(Tag.integer, "publicExponent");
  return modulus && publicExponent && { modulus, publicExponent };
}
