/** Fields of the page for files: the label, and whether the field accepts several files. */
export const pageFiles = {
  previous: ["CRL that this one replaces", false],
  base: ["Complete CRL that a delta CRL updates", false],
  tbsWas: ["TBSCertList that was approved", false],
  certs: ["Certificates that the CRL may list", true],
  expectRevoked: ["Certificates that the CRL must list", true],
  expectGood: ["Certificates that the CRL must not list", true],
} as const satisfies Readonly<Record<string, readonly [label: string, takesSeveral: boolean]>>;

/** Fields of the page for text: the label, and an example. */
export const pageTexts = {
  url: ["Published at", "http://crl.example.com/ca.crl"],
  now: ["Lint as of", "now, or 2026-11-23T12:00:00Z"],
  validFor: ["Must be valid for", "24h, 7d, PT24H"],
} as const satisfies Readonly<Record<string, readonly [label: string, example: string]>>;

/** Field of the page whose files are sorted by their content. */
export const sortedField = "files";
