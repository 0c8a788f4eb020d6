/**
 * An expectation of this project for cases of the hostile suite that replaces the one in the manifest, and its reason.
 */
export interface Expectation {
  /** Ids of the cases, as `category/name`. */
  readonly cases: readonly string[];
  /** Whether the generator creates the cases only without --no-large. */
  readonly areLarge?: true;
  /** Reason why the suite's own expectation does not apply. */
  readonly because: string;
  readonly exit: readonly (0 | 1 | 2)[];
  /** Patterns that the human report must match, in addition to the offsets that the manifest requires. */
  readonly must: readonly string[];
}

const bothNames = [
  "utf8-lone-continuation",
  "utf8-fe-ff",
  "utf8-overlong-nul-c080",
  "utf8-overlong-slash-e080af",
  "utf8-surrogate-eda080",
  "utf8-cesu8-pair",
  "utf8-above-10ffff",
  "utf8-truncated-sequence",
  "utf8-five-byte-form",
  "printable-at-sign",
  "printable-nul",
  "printable-esc",
  "printable-high-bit",
  "ia5-high-bit",
  "numeric-letters",
  "visible-control",
  "bmp-odd-length",
  "bmp-lone-high-surrogate",
  "bmp-surrogate-pair",
  "bmp-fffe",
  "universal-length-5",
  "universal-110000",
  "universal-surrogate",
  "value-is-integer",
  "value-is-octet-string",
  "value-is-sequence",
  "value-is-null",
  "general-string",
  "videotex-string",
  "graphic-string",
].map((name) => `strings/both-${name}`);

/** Disagreements between the suite and the design of the command line; the design applies. */
export const expectations: readonly Expectation[] = [
  {
    cases: ["io/same-file-twice-crl", "wrong-kind/crl-pem-as-ca", "wrong-kind/crl-der-as-ca"],
    because: "objects are sorted by content: a CRL without a CA certificate is linted, and the run is undecided",
    exit: [2],
    must: ["undecided", "no certificate of the issuing CA was given"],
  },
  {
    cases: ["resource/name-2MB-both"],
    because: "a limit that is exceeded is reported, and the run is undecided",
    exit: [2],
    must: ["error\\[input/over-limit\\]"],
  },
  {
    cases: ["pem/ca-wrong-label-crl"],
    because: "content decides, not the label: a CA certificate under the label of a CRL is the CA certificate",
    exit: [0],
    must: ["pass, no findings \\(.*; issuer \\S+\\)"],
  },
  {
    cases: ["pem/wrong-label-certificate", "pem/label-unknown", "pem/label-workflow-command"],
    because: "content decides, not the label: a CRL under another label is a CRL, and the label is the finding",
    exit: [1],
    must: ["error\\[input/label-not-x509-crl\\]"],
  },
  {
    cases: ["pem/two-crls-second-bad", "pem/two-crls-first-bad", "extension/serial-duplicates"],
    because: "entries with the same serial, date and reason are consistent and violate no MUST: a warning",
    exit: [0],
    must: ["warning\\[entry/serial-listed-twice\\]"],
  },
  {
    cases: ["resource/100k-entries-all-same-serial"],
    because:
      "entries with the same serial, date and reason are consistent and violate no MUST: a warning, with a count",
    exit: [0],
    must: ["warning\\[entry/serial-listed-twice\\]: 99,999 entries"],
  },
  {
    cases: ["resource/1M-entries-with-duplicates"],
    areLarge: true,
    because: "entries with the same serial, date and reason are consistent and violate no MUST: a warning",
    exit: [0],
    must: ["warning\\[entry/serial-listed-twice\\]"],
  },
  {
    cases: ["structure/no-nextupdate-keeps-entries"],
    because: "the repeated serial is found, by a rule with another name here",
    exit: [1],
    must: ["error\\[time/next-update-missing\\]", "warning\\[entry/serial-listed-twice\\]"],
  },
  {
    cases: ["pem/headers-proc-type"],
    because: "the block contains a CRL that is not encrypted, despite the header; RFC 7468 3: SHOULD",
    exit: [0],
    must: ['notice\\[input/explanatory-text-or-headers\\]: header "Proc-Type:"'],
  },
  {
    cases: ["der-primitive/set-of-unordered-both", ...bothNames],
    because: "the CA's subject has the same error, and the CRL must repeat it byte for byte: a notice",
    exit: [0],
    must: ["notice\\[(?:der|issuer)/[a-z0-9-]+\\]", "CA's subject"],
  },
  {
    cases: ["signature/unknown-algorithm"],
    because: "a signature that cannot be verified is not invalid: the run is undecided",
    exit: [2],
    must: ["undecided", "1\\.2\\.3\\.4"],
  },
  {
    cases: ["ca/spki-unknown-algorithm"],
    because: "a signature that cannot be verified is not invalid: the run is undecided",
    exit: [2],
    must: ["undecided"],
  },
  {
    cases: ["ca/v1-no-extensions"],
    because: "a trust anchor may consist of only a name and a key (RFC 5280 6.1.1): warnings",
    exit: [0],
    must: ["warning\\[ca/not-a-ca\\]", "warning\\[ca/key-usage-missing\\]"],
  },
  {
    cases: ["extension/idp-uri-javascript", "extension/idp-uri-file"],
    because: "RFC 5280 4.2.1.13: a distribution point SHOULD have an LDAP or HTTP URI: a warning",
    exit: [0],
    must: ["warning\\[general-name/dp-no-http-or-ldap\\]"],
  },
  {
    cases: ["extension/idp-relative-name"],
    because: "RFC 5280 4.2.1.13: SHOULD NOT use nameRelativeToCRLIssuer: a warning",
    exit: [0],
    must: ["warning\\[idp/name-relative\\]"],
  },
  {
    cases: ["extension/reason-0-unspecified"],
    because: "RFC 5280 5.3.1: reasonCode SHOULD be absent instead of unspecified: a warning",
    exit: [0],
    must: ["warning\\[reason/unspecified\\]"],
  },
  {
    cases: ["extension/reason-11"],
    because: "X.509 defines the value, and RFC 5280 does not forbid values that it does not list: a warning",
    exit: [0],
    must: ["warning\\[reason/weak-algorithm\\]"],
  },
];
