import type { CertificateSketch } from "../cert/sketch.ts";
import { octets, sameOctets } from "../der/span.ts";

/** Certificates by key, key identifier and subject, so that a CRL need not be compared with each of them. */
export class CertificateIndex<T> {
  readonly #byKey = new ByBytes<T>();
  readonly #byKeyIdentifier = new ByBytes<T>();
  readonly #bySubject = new ByBytes<T>();

  /** Number of different keys. */
  get keys(): number {
    return this.#byKey.size;
  }

  /**
   * Adds a certificate.
   *
   * @param bytes those that the fields are in
   */
  add(item: T, bytes: Uint8Array, { subject, publicKey, keyIdentifier }: CertificateSketch): void {
    this.#byKey.add(octets(bytes, publicKey), item);
    this.#bySubject.add(octets(bytes, subject), item);
    if (keyIdentifier !== undefined) this.#byKeyIdentifier.add(octets(bytes, keyIdentifier), item);
  }

  /** Returns the certificates with a subjectPublicKeyInfo, in the order in which they were added. */
  withKey(publicKey: Uint8Array): readonly T[] {
    return this.#byKey.get(publicKey);
  }

  /** Returns the certificates whose subjectKeyIdentifier has these contents, in that order. */
  withKeyIdentifier(keyIdentifier: Uint8Array): readonly T[] {
    return this.#byKeyIdentifier.get(keyIdentifier);
  }

  /** Returns the certificates with a subject, byte for byte, in that order. */
  withSubject(subject: Uint8Array): readonly T[] {
    return this.#bySubject.get(subject);
  }
}

/** A map whose keys are bytes. It borrows them and copies none. */
class ByBytes<T> {
  readonly #buckets = new Map<number, { readonly bytes: Uint8Array; readonly items: T[] }[]>();
  /** Number of keys. */
  size = 0;

  add(bytes: Uint8Array, item: T): void {
    const hash = hashOf(bytes);
    const bucket = this.#buckets.get(hash) ?? [];
    const known = bucket.find((each) => sameOctets(each.bytes, bytes));
    if (known !== undefined) {
      known.items.push(item);
      return;
    }
    this.size += 1;
    bucket.push({ bytes, items: [item] });
    this.#buckets.set(hash, bucket);
  }

  get(bytes: Uint8Array): readonly T[] {
    return this.#buckets.get(hashOf(bytes))?.find((each) => sameOctets(each.bytes, bytes))?.items ?? [];
  }
}

/** Returns a hash of some bytes (FNV-1a, 32 bits). */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
