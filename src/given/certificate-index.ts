import type { CertificateSketch } from "../cert/sketch.ts";
import { octets, sameOctets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";

/** Certificates by key, key identifier and subject, so a CRL need not be compared with each of them. */
export class CertificateIndex<T> {
  readonly #byKey = new ByBytes<T>();
  readonly #byKeyIdentifier = new ByBytes<T>();
  readonly #bySubject = new ByBytes<T>();
  /** Subjects and their certificates, and the same by loose name, which is made when it is first needed. */
  readonly #subjects: { readonly subject: Uint8Array; readonly item: T }[] = [];
  #byLooseName: Map<string, T[]> | undefined;

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
    const name = octets(bytes, subject);
    this.#bySubject.add(name, item);
    this.#subjects.push({ subject: name, item });
    this.#byLooseName = undefined;
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

  /**
   * Returns the certificates whose subject differs from a Name at most in the order of its values, in case, whitespace
   * and string types, in that order.
   */
  withSimilarSubject(name: Uint8Array): readonly T[] {
    if (this.#byLooseName === undefined) {
      this.#byLooseName = new Map();
      for (const { subject, item } of this.#subjects) {
        const loose = looseName(subject);
        const list = this.#byLooseName.get(loose);
        if (list === undefined) this.#byLooseName.set(loose, [item]);
        else list.push(item);
      }
    }
    return this.#byLooseName.get(looseName(name)) ?? [];
  }
}

/**
 * Returns the values of a Name without order, case, whitespace and string types: equal for names that look the same.
 */
function looseName(bytes: Uint8Array): string {
  const values: string[] = [];
  const end = bytes.length;
  let at = 0;
  while (at + 2 <= end) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1] ?? 0;
    const count = first < 0x80 ? 0 : first & 0x7f;
    let length = count === 0 ? first : 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    at += 2 + count;
    // The contents of an RDN or attribute are TLVs too.
    if (tag === Tag.sequence || tag === Tag.set) continue;
    if (tag !== Tag.oid) values.push(latin1(bytes.subarray(at, Math.min(at + length, end))).toLowerCase());
    at += length;
  }
  return values
    .map((value) => value.replace(/[\s\0]+/gu, ""))
    .sort()
    .join("\n");
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
