import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import * as der from "../../src/fixture/der-writer.ts";
import { invert } from "../../src/fixture/modular.ts";

/** An AlgorithmIdentifier. */
export function algorithm(oid: string, ...parameters: readonly Uint8Array[]): Uint8Array {
  return der.seq(der.oid(oid), ...parameters);
}

/** A SubjectPublicKeyInfo around the bytes of a key. */
export function spki(identifier: Uint8Array, key: Uint8Array): Uint8Array {
  return der.seq(identifier, der.bitString(key));
}

/** OID of RSASSA-PSS. */
export const rsassaPss = "1.2.840.113549.1.1.10";

/** OIDs of the hashes that RSASSA-PSS-params may name. */
export const hashOids = {
  sha1: "1.3.14.3.2.26",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  "sha512-256": "2.16.840.1.101.3.4.2.6",
  "sha3-256": "2.16.840.1.101.3.4.2.8",
  "sha3-512": "2.16.840.1.101.3.4.2.10",
} as const;

export type PssHash = keyof typeof hashOids;

/** The AlgorithmIdentifier of RSASSA-PSS with these parameters, defaults included. */
export function pssIdentifier(hash: PssHash, mask: PssHash, salt: number, trailer?: number): Uint8Array {
  const identifier = (name: PssHash) => der.seq(der.oid(hashOids[name]), der.nul());
  const mgf1 = der.seq(der.oid("1.2.840.113549.1.1.8"), identifier(mask));
  const last = trailer === undefined ? [] : [der.explicit(3, der.int(trailer))];
  const fields = [der.explicit(0, identifier(hash)), der.explicit(1, mgf1), der.explicit(2, der.int(salt)), ...last];
  return algorithm(rsassaPss, der.seq(...fields));
}

/** An RSA key pair with these primes and the public exponent 65537. */
export class RsaPair {
  readonly n: bigint;
  readonly #d: bigint;
  readonly publicBits: Uint8Array;

  constructor(p: bigint, q: bigint) {
    this.n = p * q;
    this.#d = invert(65_537n, (p - 1n) * (q - 1n));
    this.publicBits = der.seq(der.int(this.n), der.int(65_537));
  }

  get bits(): number {
    return this.n.toString(2).length;
  }

  get spki(): Uint8Array {
    return spki(algorithm("1.2.840.113549.1.1.1", der.nul()), this.publicBits);
  }

  /** Applies the private RSA operation; the result is as long as the modulus. */
  apply(encoded: Uint8Array): Uint8Array {
    let [result, base, exponent] = [1n, BigInt(`0x${Buffer.from(encoded).toString("hex")}`), this.#d];
    for (; exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = (result * base) % this.n;
      base = (base * base) % this.n;
    }
    return der.raw(result.toString(16).padStart(Math.ceil(this.bits / 8) * 2, "0"));
  }

  /** Signs with RSASSA-PSS (RFC 8017 9.1.1); each byte of the salt is `5a`. */
  signPss(hash: Digest, mask: (seed: Uint8Array, length: number) => Uint8Array, salt: number, data: Uint8Array) {
    const bits = this.bits - 1;
    const length = Math.ceil(bits / 8);
    const salted = new Uint8Array(salt).fill(0x5a);
    const h = hash(der.concat(new Uint8Array(8), hash(data), salted));
    const block = der.concat(new Uint8Array(length - salt - h.length - 2), Uint8Array.of(1), salted);
    const masked = mask(h, block.length).map((byte, i) => byte ^ (block[i] ?? 0));
    masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
    return this.apply(der.concat(masked, h, Uint8Array.of(0xbc)));
  }
}

/** A hash function. */
export type Digest = (data: Uint8Array) => Uint8Array;

export function digest(name: string, outputLength?: number): Digest {
  return (data) => {
    const options = outputLength === undefined ? {} : { outputLength };
    return Uint8Array.from(createHash(name, options).update(data).digest());
  };
}

/** MGF1 (RFC 8017 B.2.1). */
export function mgf1(hash: Digest): (seed: Uint8Array, length: number) => Uint8Array {
  return (seed, length) => {
    const parts = Array.from({ length: 100 }, (_, i) => hash(der.concat(seed, Uint8Array.of(0, 0, 0, i))));
    return der.concat(...parts).subarray(0, length);
  };
}

/** A key pair on a curve that OpenSSL supports, with a secret that is small enough for every curve. */
export function ecPair(oid: string): { readonly privateKey: KeyObject; readonly spki: Uint8Array } {
  const secret = der.octetString(der.raw("0123456789abcdef01234567"));
  const sec1 = der.seq(der.int(1), secret, der.explicit(0, der.oid(oid)));
  const privateKey = createPrivateKey({ key: Buffer.from(sec1), format: "der", type: "sec1" });
  return { privateKey, spki: Uint8Array.from(createPublicKey(privateKey).export({ format: "der", type: "spki" })) };
}
