import type { Certificate } from "./certificate.ts";

const day = 86_400;

/** When the TLS Baseline Requirements made up the term, and when they narrowed it: 2024-03-15 and 2026-03-15. */
const from = { tenDays: 1_710_460_800, sevenDays: 1_773_532_800 } as const;

/**
 * Whether a certificate is a Short-lived Subscriber Certificate (TLS BR 1.6.1): valid for at most ten days if issued
 * from 2024-03-15, for at most seven from 2026-03-15. A CA need not revoke them (4.9.1.1).
 */
export function isShortLived({ notBefore, notAfter, basicConstraints }: Certificate): boolean {
  if (notBefore.seconds === undefined || notAfter.seconds === undefined || basicConstraints?.ca === true) return false;
  if (notBefore.seconds < from.tenDays) return false;
  const validity = notAfter.seconds - notBefore.seconds + 1;
  return validity <= (notBefore.seconds < from.sevenDays ? 10 : 7) * day;
}
