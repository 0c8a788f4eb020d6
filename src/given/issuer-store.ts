import { openCertificate, sketchOf } from "../cert/open.ts";
import { sketchCertificate } from "../cert/sketch.ts";
import type { Crl } from "../crl/crl.ts";
import { type Limits, usualLimits } from "../der/limits.ts";
import { bytesOf, contents } from "../der/span.ts";
import type { Artefact } from "../input/read.ts";
import { CertificateIndex } from "./certificate-index.ts";
import type { GivenCertificate } from "./given.ts";

/**
 * The certificates of many CAs, searched for those of a CRL's CA: by the key that the CRL's authorityKeyIdentifier
 * identifies, by the CRL's issuer, or by a subject that differs from that issuer only in order, case, whitespace or
 * string type. crllint checks the issuer, so a match by name proves nothing. The certificates found are only
 * candidates: the CA's certificate is chosen among them as if they had been given as files.
 */
export class IssuerStore {
  readonly #limits: Limits;
  readonly #all: GivenCertificate[] = [];
  readonly #index = new CertificateIndex();
  readonly #byDigest = new Map<string, GivenCertificate>();

  /** @param limits limits on reading a certificate */
  constructor(limits: Limits = usualLimits) {
    this.#limits = limits;
  }

  /** The certificates, in the order in which they were added. */
  get artefacts(): readonly Artefact[] {
    return this.#all.map(({ artefact }) => artefact);
  }

  /** Number of certificates. */
  get size(): number {
    return this.#all.length;
  }

  /**
   * Adds a certificate, which must not be in the store yet.
   *
   * @param sha256 SHA-256 of the certificate in lower-case hexadecimal, for `withDigest`
   * @returns false if it does not have the structure of a certificate
   */
  add(artefact: Artefact, sha256?: string): boolean {
    const { bytes } = artefact;
    // A truncated certificate can be opened if only its end is missing.
    const isWhole = sketchCertificate(bytes) !== undefined;
    const certificate = isWhole ? openCertificate(bytes, { limits: this.#limits }) : undefined;
    if (certificate === undefined) return false;
    const given = { certificate, artefact };
    this.#all.push(given);
    if (sha256 !== undefined) this.#byDigest.set(sha256, given);
    this.#index.add(given);
    return true;
  }

  /** Returns the certificates that may be that of a CRL's CA, and all others with the same keys. */
  candidatesFor({ authorityKeyIdentifier, issuer, source }: Crl): readonly GivenCertificate[] {
    const { keyIdentifier } = authorityKeyIdentifier ?? {};
    const name = issuer && bytesOf(source.bytes, issuer);
    const named = [
      ...(keyIdentifier === undefined ? [] : this.#index.withKeyIdentifier(contents(source.bytes, keyIdentifier))),
      ...(name === undefined ? [] : this.#index.withSubject(name)),
    ];
    return this.#withSameKeys(named.length > 0 || name === undefined ? named : this.#index.withSimilarSubject(name));
  }

  /** Returns the certificate with a SHA-256 in lower-case hexadecimal, and all others with its key. */
  withDigest(sha256: string): readonly GivenCertificate[] {
    const given = this.#byDigest.get(sha256);
    return given === undefined ? [] : this.#withSameKeys([given]);
  }

  /** Returns the certificates with a subjectKeyIdentifier, and all others with their keys. */
  withKeyIdentifier(keyIdentifier: Uint8Array): readonly GivenCertificate[] {
    return this.#withSameKeys(this.#index.withKeyIdentifier(keyIdentifier));
  }

  #withSameKeys(list: readonly GivenCertificate[]): readonly GivenCertificate[] {
    const found = new Set(list);
    // The certificates of one key are one list, which is added once: there may be thousands.
    const ofKeys = new Set(
      list.map(({ certificate }) => {
        const { bytes, publicKey } = sketchOf(certificate);
        return this.#index.withKey(bytesOf(bytes, publicKey));
      }),
    );
    for (const ofKey of ofKeys) for (const given of ofKey) found.add(given);
    return [...found];
  }
}
