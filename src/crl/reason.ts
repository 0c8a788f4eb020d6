/** Values of CRLReason (RFC 5280 5.3.1; weakAlgorithmOrKey: X.509 9.5.3.1 only). */
export const Reason = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
  weakAlgorithmOrKey: 11,
} as const;

const names = new Map<number, string>(Object.entries(Reason).map(([name, value]) => [value, name]));

/** Returns `keyCompromise (1)` for a defined value, and the number for any other. */
export function reasonLabel(value: number): string {
  const name = names.get(value);
  return name === undefined ? String(value) : `${name} (${value})`;
}

/**
 * Numbers of the bits in ReasonFlags (RFC 5280 4.2.1.13), by the values of CRLReason. The two are equal only up to 6.
 * Other values of CRLReason have no bit.
 */
export const reasonFlags: ReadonlyMap<number, number> = new Map([
  [Reason.keyCompromise, 1],
  [Reason.cACompromise, 2],
  [Reason.affiliationChanged, 3],
  [Reason.superseded, 4],
  [Reason.cessationOfOperation, 5],
  [Reason.certificateHold, 6],
  [Reason.privilegeWithdrawn, 7],
  [Reason.aACompromise, 8],
  [Reason.weakAlgorithmOrKey, 9],
]);
