import { sameBytes } from "../der/span.ts";
import type { Hasher } from "./hasher.ts";

/** The functions on which RSASSA-PSS is based. */
export interface PssScheme {
  readonly hash: Hasher;
  /** Length of the hash in bytes. */
  readonly length: number;
  /** Returns a mask of a length in bytes, generated from a seed. */
  readonly mask: (seed: Uint8Array, length: number) => Uint8Array;
}

/**
 * Runs EMSA-PSS-VERIFY (RFC 8017 9.1.2) for a salt of any length: the unmasked message shows the length. The data is
 * hashed last, because nearly all messages of another key or scheme are recognized by their form.
 *
 * @param message the signature decrypted with the public key, as long as the modulus
 * @param modulusBits length of the modulus in bits
 * @returns length of the salt in bytes; undefined if the signature is not a signature of `data`
 */
export function findSaltLength(
  message: Uint8Array,
  modulusBits: number,
  data: Uint8Array,
  { hash, length: hashLength, mask }: PssScheme,
): number | undefined {
  const bits = modulusBits - 1;
  const length = Math.ceil(bits / 8);
  // A modulus of 8n + 1 bits is one byte longer than the encoded message.
  if (message.subarray(0, message.length - length).some((byte) => byte !== 0)) return undefined;
  const encoded = message.subarray(message.length - length);
  const maskedLength = length - hashLength - 1;
  if (maskedLength < 1 || encoded.at(-1) !== 0xbc) return undefined;
  const masked = encoded.subarray(0, maskedLength);
  const h = encoded.subarray(maskedLength, -1);
  const unused = 8 * length - bits;
  if ((masked[0] ?? 0) >> (8 - unused)) return undefined;
  const keystream = mask(h, maskedLength);
  const block = masked.map((byte, i) => byte ^ (keystream[i] ?? 0));
  block[0] = (block[0] ?? 0) & (0xff >> unused);
  const one = block.findIndex((byte) => byte !== 0);
  if (block[one] !== 1) return undefined;
  const salt = block.subarray(one + 1);
  return sameBytes(hash(new Uint8Array(8), hash(data), salt), h) ? salt.length : undefined;
}

/** Returns the mask that MGF1 generates (RFC 8017 B.2.1). */
export function mgf1(hash: Hasher, seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  const counter = new DataView(new ArrayBuffer(4));
  for (let made = 0, i = 0; made < length; i += 1) {
    counter.setUint32(0, i);
    const part = hash(seed, new Uint8Array(counter.buffer)).subarray(0, length - made);
    mask.set(part, made);
    made += part.length;
  }
  return mask;
}
