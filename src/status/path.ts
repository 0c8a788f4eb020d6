import { type Certificate, cRLSign, keyCertSign } from "../cert/certificate.ts";
import { octets } from "../der/span.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { Verifier } from "../verify/verifier.ts";
import { areSame, type PlacedName } from "./names.ts";

/** A certificate and those above it, up to the trust anchor. */
export interface Path {
  /** The certificate itself first. */
  readonly certificates: readonly GivenCertificate[];
  /** Whether it ends with a self-signed certificate, the trust anchor. */
  readonly isComplete: boolean;
}

/** The subject of a certificate, with its bytes. */
function subjectOf({ source, subject }: Certificate): PlacedName {
  return { source, name: subject };
}

/** The issuer of a certificate, with its bytes. */
export function issuerOf({ source, issuer }: Certificate): PlacedName {
  return { source, name: issuer };
}

/** Finds paths among the certificates given. Only names, keys and signatures are looked at (RFC 5280 6.1.3 (a)). */
export class Paths {
  readonly #pool: readonly GivenCertificate[];
  readonly #verifier: Verifier;
  readonly #signed = new Map<Certificate, Map<Certificate, boolean>>();
  readonly #paths = new Map<Certificate, Path>();

  constructor(pool: readonly GivenCertificate[], verifier: Verifier) {
    this.#pool = pool;
    this.#verifier = verifier;
  }

  /** Returns the path of a certificate: the longest one that ends with a trust anchor, if there is one. */
  of(given: GivenCertificate): Path {
    const { certificate } = given;
    let path = this.#paths.get(certificate);
    if (path === undefined) this.#paths.set(certificate, (path = this.#find(given, new Set())));
    return path;
  }

  /** Certificates with a name as their subject. */
  withSubject(name: PlacedName): readonly GivenCertificate[] {
    return this.#pool.filter(({ certificate }) => areSame(subjectOf(certificate), name));
  }

  #find(given: GivenCertificate, below: ReadonlySet<Certificate>): Path {
    const { certificate } = given;
    const alone: Path = { certificates: [given], isComplete: false };
    if (this.#isSignedBy(certificate, certificate)) return { ...alone, isComplete: true };
    let best = alone;
    const seen = new Set([...below, certificate]);
    for (const parent of this.withSubject(issuerOf(certificate))) {
      if (seen.has(parent.certificate) || parent.certificate.keyUsage?.has(keyCertSign) === false) continue;
      if (!this.#isSignedBy(certificate, parent.certificate)) continue;
      const { certificates, isComplete } = this.#find(parent, seen);
      if (isComplete) return { certificates: [given, ...certificates], isComplete };
      if (certificates.length >= best.certificates.length) best = { ...alone, certificates: [given, ...certificates] };
    }
    return best;
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

function isSignedBy(certificate: Certificate, issuer: Certificate, verifier: Verifier): boolean {
  const { source, tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  if (signatureAlgorithm === undefined || signatureValue === undefined) return false;
  const verdict = verifier.verify({
    publicKey: octets(issuer.source.bytes, issuer.publicKey),
    algorithm: octets(source.bytes, signatureAlgorithm),
    data: octets(source.bytes, tbsCertificate),
    signature: octets(source.bytes, signatureValue),
  });
  return verdict.verdict === "valid";
}

/** Whether a key may sign CRLs: keyUsage, if there is one, must have cRLSign (RFC 5280 6.3.3 (f)). */
export function maySignCrls({ keyUsage }: Certificate): boolean {
  return keyUsage === undefined || keyUsage.has(cRLSign);
}

/** Whether a certificate is valid at a time, in seconds since 1970. */
export function isValidAt({ notBefore, notAfter }: Certificate, at: number): boolean {
  return (notBefore.seconds ?? Number.NaN) <= at && at <= (notAfter.seconds ?? Number.NaN);
}
