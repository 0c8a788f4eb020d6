import type { Certificate } from "../cert/certificate.ts";
import { serialOf } from "../cert/serial.ts";
import { maySignCrls } from "../given/crl-issuer.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { matchesKeyIdentifier, verifySignature } from "../given/pair.ts";
import { formatName } from "../name/format.ts";
import type { CertificateStatus } from "../rule/report.ts";
import { locate } from "../rule/location.ts";
import type { Verifier } from "../verify/verifier.ts";
import { isValidAt, Paths } from "./path.ts";
import { Process } from "./process.ts";

/** Inputs that determine the status of certificates. */
export interface StatusInput {
  /** The certificate at the end of the path. */
  readonly leaf: GivenCertificate;
  /** Other certificates: of the chain, its trust anchor, and CRL issuers. */
  readonly certificates: readonly GivenCertificate[];
  readonly crls: readonly GivenCrl[];
  /** The time of the status, in seconds since 1970. */
  readonly at: number;
}

/**
 * Determines the status of the certificates of a path by RFC 5280 6.3, from the leaf up to the trust anchor, which has
 * no status unless it is the leaf itself. Uses only the CRLs given, and fetches none.
 */
export function determineStatus(input: StatusInput, verifier: Verifier): readonly CertificateStatus[] {
  const paths = new Paths([input.leaf, ...input.certificates], input.at, verifier);
  const client = new Client(input, paths, verifier);
  const { certificates, isComplete } = paths.of(input.leaf);
  const subjects = isComplete && certificates.length > 1 ? certificates.slice(0, -1) : certificates;
  return subjects.map((given) => client.statusOf(given));
}

class Client {
  readonly #input: StatusInput;
  readonly #paths: Paths;
  readonly #verifier: Verifier;
  readonly #known = new Map<Certificate, CertificateStatus>();
  /** Certificates whose status is being determined: a CRL issuer may be listed in its own CRL. */
  readonly #open = new Set<Certificate>();

  constructor(input: StatusInput, paths: Paths, verifier: Verifier) {
    this.#input = input;
    this.#paths = paths;
    this.#verifier = verifier;
  }

  statusOf(given: GivenCertificate): CertificateStatus {
    const { certificate } = given;
    let status = this.#known.get(certificate);
    if (status === undefined) {
      this.#open.add(certificate);
      this.#known.set(certificate, (status = this.#determine(given)));
      this.#open.delete(certificate);
    }
    return status;
  }

  #determine(given: GivenCertificate): CertificateStatus {
    const { certificate, artefact } = given;
    const { source, tbsCertificate } = certificate;
    const head = {
      certificate: artefact.name,
      subject: formatName(certificate.subject, source.bytes),
      serial: serialOf(given),
      location: locate(artefact, tbsCertificate, "tbsCertificate"),
    };
    const path = this.#paths.of(given);
    if (!path.isComplete) {
      const top = path.certificates.at(-1) ?? given;
      const name = formatName(top.certificate.issuer, top.certificate.source.bytes);
      const of = top === given ? "its issuer" : `the issuer of ${top.artefact.name}`;
      const why = `no certificate of ${of}, ${name}, was given`;
      return { ...head, status: "undetermined", why, used: [], notes: [], unused: [] };
    }
    const signerOf = (crl: GivenCrl): GivenCertificate | string => this.#signerOf(given, crl);
    const { crls, at } = this.#input;
    return { ...head, ...new Process(given, crls, at, { signerOf, verifier: this.#verifier }).run() };
  }

  /** Returns the certificate whose key signed a CRL (6.3.3 (f) and (g)), or why there is none. */
  #signerOf(target: GivenCertificate, { crl }: GivenCrl): GivenCertificate | string {
    const below = this.#paths.of(target).certificates;
    const anchor = below.at(-1)?.certificate;
    const issuer = crl.issuer && this.#paths.withSubject({ source: crl.source, name: crl.issuer });
    if (issuer === undefined || issuer.length === 0) return "no certificate of the CRL issuer was given";
    const isOfAnother = issuer.every(({ certificate }) => matchesKeyIdentifier(crl, certificate) === false);
    const hint = isOfAnother ? "; its authorityKeyIdentifier names a key whose certificate was not given" : "";
    let why = `the signature does not verify with a key of the CRL issuer${hint}`;
    for (const candidate of issuer) {
      const { certificate } = candidate;
      const verdict = verifySignature(crl, certificate, this.#verifier);
      if (verdict.verdict === "not-checked") why = `the signature cannot be verified: ${verdict.why}`;
      if (verdict.verdict !== "valid") continue;
      const path = this.#paths.of(candidate);
      const problem = this.#problemOf(candidate, below);
      if (problem !== undefined) why = problem;
      else if (path.certificates.at(-1)?.certificate !== anchor) {
        why = "the path of the CRL issuer does not end at the trust anchor of the certificate";
      } else return candidate;
    }
    return why;
  }

  /**
   * Returns why a certificate is not suitable for a CRL issuer.
   *
   * @param own the path of the target certificate: each certificate on it has its own status
   */
  #problemOf(candidate: GivenCertificate, own: readonly GivenCertificate[]): string | undefined {
    const { certificate, artefact } = candidate;
    if (!maySignCrls(certificate)) return `keyUsage of ${artefact.name}, whose key signed the CRL, lacks cRLSign`;
    const path = this.#paths.of(candidate).certificates;
    for (const each of path) {
      if (!isValidAt(each.certificate, this.#input.at)) return `${each.artefact.name}, of the CRL issuer, is not valid`;
    }
    for (const each of path.slice(0, -1)) {
      if (own.includes(each) || this.#open.has(each.certificate)) continue;
      const { status } = this.statusOf(each);
      if (status !== "good") return `${each.artefact.name}, of the CRL issuer, is ${status}`;
    }
    return undefined;
  }
}
