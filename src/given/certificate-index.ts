import type { CertificateSketch } from "../cert/sketch.ts";
import { octets, sameOctets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";

/** Certificates by key, key identifier and subject, so a CRL need not be compared with each of them. */
export class CertificateIndex<T> {
  readonly #sketchOf: (item: T) => CertificateSketch;
  readonly #all: T[] = [];
  readonly #byKey: ByBytes<T>;
  readonly #byKeyIdentifier: ByBytes<T>;
  readonly #bySubject: ByBytes<T>;
  /** Made when it is first needed. */
  #byLooseName: Map<string, T[]> | undefined;

  /** @param sketchOf finds the parts of a certificate */
  constructor(sketchOf: (item: T) => CertificateSketch) {
    this.#sketchOf = sketchOf;
    this.#byKey = new ByBytes((item) => {
      const { bytes, publicKey } = sketchOf(item);
      return octets(bytes, publicKey);
    });
    this.#byKeyIdentifier = new ByBytes((item) => {
      const { bytes, keyIdentifier } = sketchOf(item);
      return keyIdentifier && octets(bytes, keyIdentifier);
    });
    this.#bySubject = new ByBytes((item) => this.#subjectOf(item));
  }

  /** Number of different keys. */
  get keys(): number {
    return this.#byKey.size;
  }

  /** Adds a certificate. */
  add(item: T): void {
    this.#all.push(item);
    this.#byKey.add(item);
    this.#byKeyIdentifier.add(item);
    this.#bySubject.add(item);
    this.#byLooseName = undefined;
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
      for (const item of this.#all) {
        const loose = looseName(this.#subjectOf(item));
        const list = this.#byLooseName.get(loose);
        if (list === undefined) this.#byLooseName.set(loose, [item]);
        else list.push(item);
      }
    }
    return this.#byLooseName.get(looseName(name)) ?? [];
  }

  #subjectOf(item: T): Uint8Array {
    const { bytes, subject } = this.#sketchOf(item);
    return octets(bytes, subject);
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

/** Items by some bytes of theirs, which are taken from the item where they are compared: no view of them is kept. */
class ByBytes<T> {
  readonly #bytesOf: (item: T) => Uint8Array | undefined;
  /** By the hash of the bytes. */
  readonly #buckets = new Map<number, T[]>();
  /** Number of different bytes. */
  size = 0;

  constructor(bytesOf: (item: T) => Uint8Array | undefined) {
    this.#bytesOf = bytesOf;
  }

  /** Adds an item, unless it has none of these bytes. */
  add(item: T): void {
    const bytes = this.#bytesOf(item);
    if (bytes === undefined) return;
    const hash = hashOf(bytes);
    const bucket = this.#buckets.get(hash);
    if (bucket?.some((other) => this.#has(other, bytes)) !== true) this.size += 1;
    if (bucket === undefined) this.#buckets.set(hash, [item]);
    else bucket.push(item);
  }

  get(bytes: Uint8Array): readonly T[] {
    return this.#buckets.get(hashOf(bytes))?.filter((item) => this.#has(item, bytes)) ?? [];
  }

  #has(item: T, bytes: Uint8Array): boolean {
    const own = this.#bytesOf(item);
    return own !== undefined && sameOctets(own, bytes);
  }
}

/** Returns a hash of some bytes (FNV-1a, 32 bits). */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
