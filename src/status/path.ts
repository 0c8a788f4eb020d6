import { type Certificate, keyCertSign } from "../cert/certificate.ts";
import { bytesOf } from "../der/span.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { areSame, type PlacedName } from "./names.ts";

/** A certificate and those above it, up to the trust anchor. */
export interface Path {
  /** The certificates; the one that the path belongs to is the first. */
  readonly certificates: readonly GivenCertificate[];
  /** Whether it ends with a self-signed certificate, the trust anchor. */
  readonly isComplete: boolean;
}

/** Returns the subject of a certificate, with its bytes. */
function subjectOf({ source, subject }: Certificate): PlacedName {
  return { source, name: subject };
}

/** Returns the issuer of a certificate, with its bytes. */
export function issuerOf({ source, issuer }: Certificate): PlacedName {
  return { source, name: issuer };
}

/** Finds paths among the certificates given. Only names, keys and signatures are checked (RFC 5280 6.1.3 (a)). */
export class Paths {
  /** The certificates, valid ones first: a CA may have several certificates for one key. */
  readonly #pool: readonly GivenCertificate[];
  readonly #verifier: Verifier;
  readonly #signed = new Map<Certificate, Map<Certificate, boolean>>();
  readonly #paths = new Map<Certificate, Path>();

  /** @param at the time at which certificates must be valid to be preferred, in seconds since 1970 */
  constructor(pool: readonly GivenCertificate[], at: number, verifier: Verifier) {
    const isValid = ({ certificate }: GivenCertificate): boolean => isValidAt(certificate, at);
    this.#pool = [...pool.filter(isValid), ...pool.filter((given) => !isValid(given))];
    this.#verifier = verifier;
  }

  /**
   * Returns the path of a certificate: the shortest one that ends with a trust anchor. If there is none, the path ends
   * with a certificate whose issuer is missing.
   */
  of(given: GivenCertificate): Path {
    const { certificate } = given;
    let path = this.#paths.get(certificate);
    if (path === undefined) this.#paths.set(certificate, (path = this.#find(given)));
    return path;
  }

  /** Returns the certificates with a name as their subject. */
  withSubject(name: PlacedName): readonly GivenCertificate[] {
    return this.#pool.filter(({ certificate }) => areSame(subjectOf(certificate), name));
  }

  /**
   * Searches upwards from a certificate level by level, so each certificate is visited once even if they sign each
   * other.
   */
  #find(given: GivenCertificate): Path {
    const below = new Map<GivenCertificate, GivenCertificate | undefined>([[given, undefined]]);
    let last = given;
    // A Map also iterates over keys that are added during the iteration.
    for (last of below.keys()) {
      const { certificate } = last;
      if (this.#isSignedBy(certificate, certificate)) return { certificates: pathTo(last, below), isComplete: true };
      for (const parent of this.withSubject(issuerOf(certificate))) {
        if (below.has(parent) || parent.certificate.keyUsage?.has(keyCertSign) === false) continue;
        if (this.#isSignedBy(certificate, parent.certificate)) below.set(parent, last);
      }
    }
    return { certificates: pathTo(last, below), isComplete: false };
  }

  #isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
    if (!areSame(issuerOf(certificate), subjectOf(issuer))) return false;
    let known = this.#signed.get(certificate);
    if (known === undefined) this.#signed.set(certificate, (known = new Map<Certificate, boolean>()));
    let answer = known.get(issuer);
    if (answer === undefined) known.set(issuer, (answer = isSignedBy(certificate, issuer, this.#verifier)));
    return answer;
  }
}

/** Returns the certificates from the lowest one up to one that was reached from it. */
function pathTo(
  top: GivenCertificate,
  below: ReadonlyMap<GivenCertificate, GivenCertificate | undefined>,
): readonly GivenCertificate[] {
  const path: GivenCertificate[] = [];
  for (let each: GivenCertificate | undefined = top; each !== undefined; each = below.get(each)) path.unshift(each);
  return path;
}

function isSignedBy(certificate: Certificate, issuer: Certificate, verifier: Verifier): boolean {
  const { source, tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  if (signatureAlgorithm === undefined || signatureValue === undefined) return false;
  const verdict = verifier.verify({
    publicKey: bytesOf(issuer.source.bytes, issuer.publicKey),
    algorithm: bytesOf(source.bytes, signatureAlgorithm),
    data: bytesOf(source.bytes, tbsCertificate),
    signature: bytesOf(source.bytes, signatureValue),
  });
  return verdict.verdict === "valid";
}

/** Whether a certificate is valid at a time, in seconds since 1970. */
export function isValidAt({ notBefore, notAfter }: Certificate, at: number): boolean {
  return (notBefore.seconds ?? Number.NaN) <= at && at <= (notAfter.seconds ?? Number.NaN);
}
