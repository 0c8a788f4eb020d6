import { piecesOf } from "../der/in-file.ts";

/** The module `node:crypto`. */
export type Crypto = typeof import("node:crypto");

/** Passes bytes to a hash, also those that are not in memory. */
export function update<T extends { update(bytes: Uint8Array): unknown }>(hash: T, bytes: Uint8Array): T {
  for (const piece of piecesOf(bytes)) hash.update(piece);
  return hash;
}

/** Returns the output length of a SHAKE in bytes (RFC 8692 4.1). */
export function shakeLength(name: string): number {
  return name === "shake128" ? 32 : 64;
}

/** Returns a hash over concatenated parts. */
export type Hasher = (...parts: readonly Uint8Array[]) => Uint8Array;

/** Returns the hash with a name. A SHAKE needs an output length in bytes. */
export function hasher(crypto: Crypto, name: string, outputLength?: number): Hasher {
  const options = outputLength === undefined ? {} : { outputLength };
  return (...parts) => {
    const hash = crypto.createHash(name, options);
    for (const part of parts) update(hash, part);
    return hash.digest();
  };
}
