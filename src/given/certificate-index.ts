import { sketchOf } from "../cert/open.ts";
import type { CertificateSketch } from "../cert/sketch.ts";
import { groupBy } from "../der/group-by.ts";
import { hashBytes, hashWords } from "../der/hash-bytes.ts";
import { bytesOf, sameBytes } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";
import type { GivenCertificate } from "./given.ts";

/** Certificates by key, key identifier and subject, so a CRL need not be compared with each of them. */
export class CertificateIndex {
  readonly #all: GivenCertificate[] = [];
  readonly #byKey = new ByBytes(({ bytes, publicKey }) => bytesOf(bytes, publicKey));
  readonly #byKeyIdentifier = new ByBytes(({ bytes, keyIdentifier: id }) => id && bytesOf(bytes, id));
  readonly #bySubject = new ByBytes(subjectOf);
  /** Built when it is first needed. */
  #byLooseName: ReadonlyMap<string, readonly GivenCertificate[]> | undefined;

  /** Number of different keys. */
  get keys(): number {
    return this.#byKey.size;
  }

  /** Adds a certificate. */
  add(given: GivenCertificate): void {
    this.#all.push(given);
    this.#byKey.add(given);
    this.#byKeyIdentifier.add(given);
    this.#bySubject.add(given);
    this.#byLooseName = undefined;
  }

  /** Returns the certificates with a subjectPublicKeyInfo, in the order in which they were added. */
  withKey(publicKey: Uint8Array): readonly GivenCertificate[] {
    return this.#byKey.get(publicKey);
  }

  /** Returns the certificates whose subjectKeyIdentifier has these contents, in the same order. */
  withKeyIdentifier(keyIdentifier: Uint8Array): readonly GivenCertificate[] {
    return this.#byKeyIdentifier.get(keyIdentifier);
  }

  /** Returns the certificates with a subject, byte for byte, in the same order. */
  withSubject(subject: Uint8Array): readonly GivenCertificate[] {
    return this.#bySubject.get(subject);
  }

  /**
   * Returns the certificates whose subject has the same values as a Name, except for their order, case, whitespace and
   * string types. The certificates are in the same order.
   */
  withSimilarSubject(name: Uint8Array): readonly GivenCertificate[] {
    this.#byLooseName ??= groupBy(this.#all, ({ certificate }) => looseName(subjectOf(sketchOf(certificate))));
    return this.#byLooseName.get(looseName(name)) ?? [];
  }
}

function subjectOf({ bytes, subject }: CertificateSketch): Uint8Array {
  return bytesOf(bytes, subject);
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
    // The contents of an RDN or attribute are also TLVs.
    if (tag === Tag.sequence || tag === Tag.set) continue;
    if (tag !== Tag.oid) values.push(latin1(bytes.subarray(at, Math.min(at + length, end))).toLowerCase());
    at += length;
  }
  return values
    .map((value) => value.replace(/[\s\0]+/gu, ""))
    .sort()
    .join("\n");
}

/** Certificates by a part of their bytes. No view of that part is kept: it is extracted again for each comparison. */
class ByBytes {
  readonly #bytesOf: (sketch: CertificateSketch) => Uint8Array | undefined;
  /** Lists of certificates by the hash of the bytes. Certificates with the same bytes are in one list. */
  readonly #buckets = new Map<number, GivenCertificate[][]>();
  /** Number of distinct byte strings. */
  size = 0;

  constructor(bytesOf: (sketch: CertificateSketch) => Uint8Array | undefined) {
    this.#bytesOf = bytesOf;
  }

  /** Adds a certificate, unless it does not have this part. */
  add(given: GivenCertificate): void {
    const bytes = this.#bytesOf(sketchOf(given.certificate));
    if (bytes === undefined) return;
    const known = this.#find(bytes);
    if (known !== undefined) {
      known.push(given);
      return;
    }
    this.size += 1;
    const hash = hashOf(bytes);
    const bucket = this.#buckets.get(hash);
    if (bucket === undefined) this.#buckets.set(hash, [[given]]);
    else bucket.push([given]);
  }

  get(bytes: Uint8Array): readonly GivenCertificate[] {
    return this.#find(bytes) ?? [];
  }

  #find(bytes: Uint8Array): GivenCertificate[] | undefined {
    return this.#buckets.get(hashOf(bytes))?.find(([first]) => {
      const own = first && this.#bytesOf(sketchOf(first.certificate));
      return own !== undefined && sameBytes(own, bytes);
    });
  }
}

function hashOf(bytes: Uint8Array): number {
  return hashBytes(bytes, 0, bytes.length, hashWords());
}
