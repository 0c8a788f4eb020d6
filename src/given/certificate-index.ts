import type { CertificateSketch } from "../cert/sketch.ts";
import { octets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";

/** Certificates by key, key identifier and subject, so that a CRL need not be compared with each of them. */
export class CertificateIndex<T> {
  readonly #byKey = new Map<string, T[]>();
  readonly #byKeyIdentifier = new Map<string, T[]>();
  readonly #bySubject = new Map<string, T[]>();

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
    put(this.#byKey, octets(bytes, publicKey), item);
    put(this.#bySubject, octets(bytes, subject), item);
    if (keyIdentifier !== undefined) put(this.#byKeyIdentifier, octets(bytes, keyIdentifier), item);
  }

  /** Returns the certificates with a subjectPublicKeyInfo, in the order in which they were added. */
  withKey(publicKey: Uint8Array): readonly T[] {
    return this.#byKey.get(latin1(publicKey)) ?? [];
  }

  /** Returns the certificates whose subjectKeyIdentifier has these contents, in that order. */
  withKeyIdentifier(keyIdentifier: Uint8Array): readonly T[] {
    return this.#byKeyIdentifier.get(latin1(keyIdentifier)) ?? [];
  }

  /** Returns the certificates with a subject, byte for byte, in that order. */
  withSubject(subject: Uint8Array): readonly T[] {
    return this.#bySubject.get(latin1(subject)) ?? [];
  }
}

function put<T>(map: Map<string, T[]>, bytes: Uint8Array, item: T): void {
  const key = latin1(bytes);
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
