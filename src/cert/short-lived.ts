import type { Certificate } from "./certificate.ts";

const day = 86_400;

/**
 * First days of the TLS Baseline Requirements' definition of the term, and of a narrower one: 2024-03-15 and
 * 2026-03-15.
 */
const from = { tenDays: 1_710_460_800, sevenDays: 1_773_532_800 } as const;

/**
 * Whether a certificate is a Short-lived Subscriber Certificate (TLS BR 1.6.1): valid for at most 10 days if issued
 * from 2024-03-15, and for at most 7 days from 2026-03-15. A CA need not revoke these (4.9.1.1).
 */
export function isShortLived({ notBefore, notAfter, basicConstraints }: Certificate): boolean {
  if (notBefore.seconds === undefined || notAfter.seconds === undefined || basicConstraints?.ca === true) return false;
  if (notBefore.seconds < from.tenDays) return false;
  const validity = notAfter.seconds - notBefore.seconds + 1;
  return validity <= (notBefore.seconds < from.sevenDays ? 10 : 7) * day;
}
