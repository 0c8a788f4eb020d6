/**
 * Limits of reading an input (docs/limits.md). The rest is not checked, and is reported as `input/over-limit`. If the
 * last limit was reached, the finding that no CA was found states this.
 */
export interface Limits {
  /** Size of one file in bytes. */
  readonly size: number;
  /** Objects in one file: PEM blocks, objects in DER, and those in PKCS#7 and LDIF. */
  readonly blocks: number;
  /** Levels of values of unknown types, and of indefinite lengths. A CRL needs 10; hostile input has millions. */
  readonly depth: number;
  /** Entries of revokedCertificates. A few more may be read. */
  readonly entries: number;
  /** Extensions in one list. */
  readonly extensions: number;
  /** RDNs and attributes of one Name. The name of a CA has about ten; hostile input has as many as fit. */
  readonly attributes: number;
  /** Bytes of an attribute value that are decoded to text: the largest upper bound (X.520) is 32,768. */
  readonly value: number;
  /** Names in one GeneralNames, and distribution points and access descriptions in one list. */
  readonly names: number;
  /** Contents octets of an OBJECT IDENTIFIER. */
  readonly oid: number;
  /** Certificates that a CRL does not name, but whose keys are tried on its signature. */
  readonly candidates: number;
}

/** The limits if no others are given. No valid input comes near them. */
export const usualLimits: Limits = {
  size: 2 ** 31,
  blocks: 100_000,
  depth: 32,
  entries: 2 ** 24,
  extensions: 100_000,
  attributes: 100_000,
  value: 65_536,
  names: 100_000,
  oid: 4096,
  candidates: 24,
};

/**
 * The largest limits that can be set. Offsets are kept in 31 bits, nested indefinite lengths are searched once per
 * level, and no file that may be read exceeds the others.
 */
export const largestLimits: Limits = {
  size: 2 ** 31,
  blocks: 2 ** 24,
  depth: 256,
  entries: 2 ** 27,
  extensions: 2 ** 24,
  attributes: 2 ** 24,
  value: 2 ** 24,
  names: 2 ** 24,
  oid: 2 ** 16,
  candidates: 2 ** 24,
};

/** The names of the limits, in the order of their documentation. */
export const limitNames = Object.keys(usualLimits) as readonly (keyof Limits)[];

/** Whether a value is valid for this limit: a whole number from 1 to the largest. */
export function isLimit(name: keyof Limits, value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= largestLimits[name];
}

/** Returns the usual limits, replaced by those that are given; undefined counts as not given. */
export function limitsFrom(given: { readonly [Name in keyof Limits]?: number | undefined } | undefined): Limits {
  if (given === undefined) return usualLimits;
  const set = Object.entries(given).filter(([, limit]) => limit !== undefined);
  return { ...usualLimits, ...Object.fromEntries(set) };
}
