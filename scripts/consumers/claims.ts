/**
 * Claim of a statement about one or several clients: for each of them, each form has one of the cells of the table in
 * docs/consumers.md. Clients are named as in the statement, with the version.
 */
export interface Claim {
  readonly software: readonly string[];
  readonly forms: readonly string[];
  readonly cells: readonly string[];
}

/** Columns by client name, without its version, as statements use it. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  OpenSSL: ["openssl"],
  "OpenSSL with -crl_check_all": ["openssl-all"],
  BoringSSL: ["boringssl"],
  Node: ["node"],
  Java: ["java", "java-soft"],
  "Java with hard fail": ["java"],
  "Java with soft fail": ["java-soft"],
  "Bouncy Castle": ["bouncy-castle"],
  GnuTLS: ["gnutls", "gnutls-tls"],
  "GnuTLS in TLS mode": ["gnutls-tls"],
  "curl with GnuTLS": ["curl-gnutls"],
  NSS: ["nss"],
  "Mbed TLS": ["mbedtls"],
  wolfSSL: ["wolfssl"],
  strongSwan: ["strongswan"],
  Erlang: ["erlang"],
  Go: ["go"],
};

const right = ["right"];
/** A client that reports a certificate as revoked as soon as the CRL lists it also counts as rejecting it. */
const rejected = ["rejected, rejected", "revoked, rejected"];
const accepted = ["**ACCEPTED**, accepted"];
const refused = ["CRL refused"];
const revoked = ["revoked, revoked"];

function differentName(forms: readonly string[], accepting: readonly string[]): readonly Claim[] {
  const rejecting = ["OpenSSL 3.0", "BoringSSL", "Bouncy Castle 1.72", "Node 20", "Java 17 with hard fail"];
  return [
    { software: rejecting, forms, cells: rejected },
    { software: [...accepting, "Java 17 with soft fail"], forms, cells: accepted },
  ];
}

const accepting = ["GnuTLS 3.7", "Mbed TLS 2.28", "strongSwan 5.9"];
const differentNames = (...forms: readonly string[]): readonly Claim[] => differentName(forms, accepting);
const otherRdns = (...forms: readonly string[]): readonly Claim[] => differentName(forms, accepting.slice(0, 2));

/** Claims that support the statements of findings, by rule, or by the kind of difference between names. */
export const claims: Readonly<Record<string, readonly Claim[]>> = {
  different: differentNames("issuer-text"),
  merged: otherRdns("issuer-merged"),
  split: otherRdns("issuer-split"),
  reversed: differentNames("issuer-reversed"),
  reordered: differentNames("issuer-reordered"),
  "missing-rdn": differentNames("issuer-missing-rdn"),
  "repeated-rdn": differentNames("issuer-repeated-rdn"),
  "extra-rdn": differentNames("issuer-extra-rdn"),
  "attribute-type": differentNames("issuer-attribute-type"),
  text: differentNames("issuer-text"),
  "string-type": [
    {
      software: ["OpenSSL 3.0", "BoringSSL", "Node 20"],
      forms: ["issuer-string-type", "issuer-teletex"],
      cells: right,
    },
    { software: ["GnuTLS 3.7"], forms: ["issuer-string-type", "issuer-teletex"], cells: accepted },
    { software: ["wolfSSL 5.5", "NSS 3.87"], forms: ["issuer-string-type", "issuer-teletex"], cells: refused },
  ],
  "case-or-space": [
    { software: ["OpenSSL 3.0", "BoringSSL", "Node 20"], forms: ["issuer-case", "issuer-space"], cells: right },
    {
      software: ["Java 17 with hard fail", "GnuTLS 3.7", "strongSwan 5.9"],
      forms: ["issuer-case", "issuer-space"],
      cells: accepted,
    },
    { software: ["wolfSSL 5.5", "NSS 3.87"], forms: ["issuer-case", "issuer-space"], cells: refused },
  ],
  "set-order": [
    { software: ["OpenSSL 3.0", "BoringSSL", "Node 20"], forms: ["issuer-set-order"], cells: right },
    {
      software: ["Java 17 with hard fail", "GnuTLS 3.7", "Mbed TLS 2.28", "strongSwan 5.9"],
      forms: ["issuer-set-order"],
      cells: accepted,
    },
    { software: ["Bouncy Castle 1.72"], forms: ["issuer-set-order"], cells: rejected },
  ],
  encoding: [
    {
      software: ["OpenSSL 3.0", "BoringSSL", "Node 20", "Java 17 with hard fail"],
      forms: ["issuer-length"],
      cells: right,
    },
    { software: ["GnuTLS 3.7"], forms: ["issuer-length"], cells: accepted },
    { software: ["Go 1.19"], forms: ["issuer-length"], cells: refused },
  ],
  "aki/issuer-serial-mismatch": [{ software: ["OpenSSL 3.0"], forms: ["aki-issuer-serial"], cells: rejected }],
  "aki/ski-mismatch": [
    { software: ["OpenSSL 3.0", "Node 20", "Java 17 with hard fail"], forms: ["aki-other"], cells: rejected },
    { software: ["Java 17 with soft fail"], forms: ["aki-other"], cells: accepted },
  ],
  "algorithm/inner-outer-differ": [
    { software: ["Java 17"], forms: ["algorithms-differ"], cells: refused },
    { software: ["BoringSSL"], forms: ["algorithms-differ"], cells: rejected },
    { software: ["OpenSSL 3.0", "Node 20", "GnuTLS 3.7"], forms: ["algorithms-differ"], cells: right },
  ],
  "certificate-issuer/without-indirect": [
    { software: ["NSS 3.87"], forms: ["certificate-issuer", "certificate-issuer-other"], cells: refused },
    {
      software: ["GnuTLS 3.7", "Mbed TLS 2.28", "wolfSSL 5.5", "Erlang 25"],
      forms: ["certificate-issuer-other"],
      cells: revoked,
    },
  ],
  "crl-number/critical": [
    { software: ["OpenSSL 3.0", "Node 20", "Java 17 with hard fail"], forms: ["number-critical"], cells: rejected },
  ],
  "set/ca-without-crl": [
    {
      software: ["OpenSSL 3.0 with -crl_check_all", "Node 20", "Java 17 with hard fail"],
      forms: ["root-crl-missing"],
      cells: rejected,
    },
  ],
  "delta/instead-of-complete": [
    {
      software: ["OpenSSL 3.0", "BoringSSL", "Node 20", "GnuTLS 3.7", "wolfSSL 5.5", "strongSwan 5.9"],
      forms: ["delta-unlisted"],
      cells: accepted,
    },
  ],
  "der/integer-not-minimal": [
    { software: ["GnuTLS 3.7"], forms: ["serial-not-minimal"], cells: accepted },
    { software: ["OpenSSL 3.0", "Node 20"], forms: ["serial-not-minimal"], cells: refused },
  ],
  "der/time-seconds-missing": [
    { software: ["OpenSSL 3.0", "Node 20"], forms: ["utc-without-seconds"], cells: rejected },
    { software: ["Java 17", "GnuTLS 3.7"], forms: ["utc-without-seconds"], cells: right },
  ],
  "entry-extension/unknown-critical": [
    {
      software: ["OpenSSL 3.0", "Node 20"],
      forms: ["entry-unknown-critical", "entry-unknown-critical-other"],
      cells: rejected,
    },
    { software: ["Java 17"], forms: ["entry-unknown-critical"], cells: ["rejected, accepted"] },
    {
      software: ["GnuTLS 3.7"],
      forms: ["entry-unknown-critical", "entry-unknown-critical-other"],
      cells: right,
    },
  ],
  "entry/revocation-date-after-this-update": [
    { software: ["Java 17", "NSS 3.87"], forms: ["revocation-in-future"], cells: accepted },
  ],
  "extension/duplicate": [{ software: ["Java 17"], forms: ["extension-twice"], cells: refused }],
  "extension/unknown-critical": [
    { software: ["GnuTLS 3.7", "wolfSSL 5.5"], forms: ["extension-unknown-critical"], cells: right },
  ],
  "idp/full-name-missing": [
    { software: ["GnuTLS 3.7", "wolfSSL 5.5", "Erlang 25", "strongSwan 5.9"], forms: ["idp-foreign"], cells: right },
    {
      software: ["GnuTLS 3.7", "wolfSSL 5.5", "Erlang 25", "strongSwan 5.9"],
      forms: ["idp-foreign-unlisted"],
      cells: accepted,
    },
  ],
  "entry/many-with-extensions": [
    { software: ["GnuTLS 3.7"], forms: ["entries-100000"], cells: ["no answer, no answer"] },
  ],
  "input/explanatory-text-or-headers": [
    {
      software: ["Java 17", "Bouncy Castle 1.72", "BoringSSL", "NSS 3.87", "Go 1.19"],
      forms: ["pem-bom"],
      cells: refused,
    },
  ],
  "input/extraneous-whitespace": [
    { software: ["OpenSSL 3.0", "Node 20", "Java 17"], forms: ["pem-indented"], cells: refused },
  ],
  "input/label-not-x509-crl": [
    { software: ["OpenSSL 3.0", "Node 20", "GnuTLS 3.7"], forms: ["pem-label"], cells: refused },
    { software: ["Java 17"], forms: ["pem-label"], cells: right },
  ],
  "reason/critical": [{ software: ["OpenSSL 3.0", "Node 20"], forms: ["reason-critical"], cells: rejected }],
  "reason/remove-from-crl-in-full": [
    { software: ["OpenSSL 3.0", "Node 20"], forms: ["reason-8"], cells: accepted },
    { software: ["Java 17", "GnuTLS 3.7"], forms: ["reason-8"], cells: right },
  ],
  "reason/weak-algorithm": [{ software: ["Bouncy Castle 1.72"], forms: ["reason-11"], cells: accepted }],
  "set/partitions-without-idp": [
    {
      software: ["OpenSSL 3.0", "BoringSSL", "Node 20", "Java 17", "wolfSSL 5.5", "strongSwan 5.9"],
      forms: ["partitions-without-idp"],
      cells: accepted,
    },
  ],
  "signature/invalid": [
    { software: ["GnuTLS 3.7 in TLS mode"], forms: ["signature-broken", "signature-other-key"], cells: right },
    // These are its answers to a valid CRL: it does not give the reason for rejecting a certificate.
    {
      software: ["curl 7.88 with GnuTLS"],
      forms: ["valid", "signature-broken", "signature-other-key"],
      cells: ["rejected, accepted"],
    },
  ],
  "structure/version-not-v2": [{ software: ["Java 17"], forms: ["v3"], cells: refused }],
  "time/expired": [
    { software: ["OpenSSL 3.0", "Node 20", "Java 17 with hard fail"], forms: ["expired"], cells: rejected },
    { software: ["Java 17 with soft fail"], forms: ["expired"], cells: accepted },
  ],
  "time/next-update-not-after-this-update": [
    { software: ["OpenSSL 3.0", "Node 20", "Java 17 with hard fail"], forms: ["next-before-this"], cells: rejected },
    { software: ["GnuTLS 3.7 in TLS mode", "NSS 3.87", "strongSwan 5.9"], forms: ["next-before-this"], cells: right },
  ],
  "time/this-update-in-future": [
    {
      software: ["OpenSSL 3.0", "BoringSSL", "Mbed TLS 2.28", "Node 20"],
      forms: ["this-update-5-minutes", "this-update-1-hour"],
      cells: rejected,
    },
  ],
};
