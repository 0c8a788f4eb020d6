import { type Limits, limitsFrom } from "../der/limits.ts";
import { readInput } from "../input/read.ts";
import type { CertificateStatus } from "../rule/report.ts";
import { determineStatus } from "../status/determine.ts";
import { readStatusObjects } from "../status/objects.ts";
import { nodeVerifier } from "../verify/node.ts";
import { checkOptions, statusKinds } from "./check-options.ts";
import type { Verifier } from "../verify/verifier.ts";

/** Options of `certificateStatus`. */
export interface CertificateStatusOptions {
  /** The certificate: DER, PEM or base64. Further certificates in it belong to its chain. */
  readonly certificate: Uint8Array;
  /** Certificates of its issuers, up to the trust anchor, and of CRL issuers: DER, PEM (also bundles) or base64. */
  readonly chain?: readonly Uint8Array[];
  /** The CRLs: DER, PEM (also bundles) or base64. */
  readonly crls: readonly Uint8Array[];
  /** The time at which to determine the status. */
  readonly now: Date;
  /** Verifier of signatures. Default: that of Node.js. */
  readonly verifier?: Verifier;
  /** Limits on reading inputs. */
  readonly limits?: { readonly [Name in keyof Limits]?: number };
}

/**
 * Determines the status of a certificate and of those above it by RFC 5280 6.3.3, like a client that has only these
 * CRLs. Synchronous and pure: nothing is fetched. The result calls the inputs `certificate`, `chain[0]`, `crls[0]` and
 * so on.
 *
 * @returns the status of the certificate first, then those of its issuers; the trust anchor has none
 * @throws TypeError on misuse, as `lintCrl`, and if an input contains bytes that cannot be read as a certificate or CRL
 */
export function certificateStatus(options: CertificateStatusOptions): readonly CertificateStatus[] {
  checkOptions("certificateStatus", options, statusKinds, "certificate", "crls", "now");
  const { certificate, chain = [], crls, now } = options;
  const verifier = options.verifier ?? nodeVerifier();
  if (verifier === undefined) throw new TypeError("certificateStatus: no signature verifier available");
  const at = Math.floor(now.getTime() / 1000);
  const limits = limitsFrom(options.limits);
  const files = [
    ["certificate", certificate] as const,
    ...chain.map((bytes, i) => [`chain[${i}]`, bytes] as const),
    ...crls.map((bytes, i) => [`crls[${i}]`, bytes] as const),
  ].map(([name, bytes]) => {
    const read = readStatusObjects(readInput(name, bytes, limits), limits);
    const [other] = read.others;
    if (other === undefined) return read;
    throw new TypeError(`certificateStatus: ${name} holds ${other.identity.message ?? other.identity.name}`);
  });
  const [leaf, ...certificates] = files.flatMap((file) => file.certificates);
  if (leaf === undefined || leaf.artefact.name !== "certificate") {
    throw new TypeError("certificateStatus: certificate holds no certificate");
  }
  return determineStatus({ leaf, certificates, crls: files.flatMap((file) => file.crls), at }, verifier);
}
