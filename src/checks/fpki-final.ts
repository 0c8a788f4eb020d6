import type { GivenCa } from "../given/given.ts";

/**
 * Whether a CRL is the final one of a CA in the Federal PKI: its nextUpdate is not earlier than the end of the CA
 * certificate. Common Policy 5.6 and 5.8: a CA that changes its key or ends its operation issues such a CRL, which is
 * valid for longer than all certificates.
 *
 * @param nextUpdate seconds since 1970
 */
export function isFpkiFinal(ca: GivenCa | undefined, nextUpdate: number | undefined): boolean {
  const notAfter = ca?.certificate.notAfter.seconds;
  return notAfter !== undefined && nextUpdate !== undefined && nextUpdate >= notAfter;
}
