import type { DifferenceKind, NameDifference } from "./difference.ts";

/** The effects in practice of a difference between CRL issuer and CA subject, and how to fix it. */
export interface Explanation {
  /** Consequences, one or two sentences each. */
  readonly notes: readonly string[];
  /** The fix, imperative. */
  readonly help: string;
}

const copy = "copy the CA certificate's subject TLV into tbsCertList.issuer unchanged";

// The behavior of clients was measured, with a revoked and a good certificate and a CRL of each kind:
// docs/consumers.md.

/** Note for differences that RFC 5280 7.1 counts. */
const differentNamesNote = differentNames("GnuTLS 3.7, Mbed TLS 2.28, strongSwan 5.9 and Java 17 with soft fail");

/** Note for attributes that are in other RDNs: strongSwan compares only the attributes and their order. */
const otherRdnsNote = differentNames("GnuTLS 3.7, Mbed TLS 2.28 and Java 17 with soft fail");

function differentNames(accepting: string): string {
  return (
    "RFC 5280 7.1 also treats these as different names, so clients find no CRL for this CA: " +
    'OpenSSL 3.0 ("unable to get certificate CRL"), BoringSSL, Bouncy Castle 1.72, Node 20 and Java 17 with hard fail ' +
    `reject every certificate; ${accepting} accept revoked ones`
  );
}

/** Note for differences in string types, which some clients normalize before they compare. */
const stringTypeNote =
  "OpenSSL 3.0, BoringSSL and Node 20 ignore this difference, so tests with them pass; " +
  "GnuTLS 3.7 accepts revoked certificates, and wolfSSL 5.5 and NSS 3.87 do not load the CRL";

const caseNote =
  "OpenSSL 3.0, BoringSSL and Node 20 ignore this difference, so tests with them pass; Java 17 with hard fail uses the " +
  "CRL and misses its entries, so it accepts revoked certificates, as GnuTLS 3.7 and strongSwan 5.9 do; " +
  "wolfSSL 5.5 and NSS 3.87 do not load the CRL";

const setOrderNote =
  "RFC 5280 7.1 calls these the same name, and OpenSSL 3.0, BoringSSL and Node 20 use the CRL; Java 17 with hard fail, " +
  "GnuTLS 3.7, Mbed TLS 2.28 and strongSwan 5.9 accept revoked certificates; Bouncy Castle 1.72 rejects every certificate";

const encodingNote =
  "RFC 5280 7.1 calls these the same name, and OpenSSL 3.0, BoringSSL, Node 20 and Java 17 with hard fail use the CRL; " +
  "GnuTLS 3.7 accepts revoked certificates, and Go 1.19 cannot decode the CRL";

/** The notes, most severe first: each makes those after it redundant. */
const bySeverity = [differentNamesNote, otherRdnsNote, caseNote, setOrderNote, stringTypeNote, encodingNote];

const explanations: Readonly<Record<DifferenceKind, Explanation>> = {
  "parent-name": {
    notes: [
      "the name is that of the CA that issued the CA certificate: to software this CRL belongs to the parent, and " +
        "there is none for the CA whose key signed it",
    ],
    help: "take the subject of the CA certificate, not its issuer: the CRL issuer is the CA that signs the CRL",
  },
  different: {
    notes: [differentNamesNote],
    help: `make sure that this is the certificate of the CA that issued the CRL; if it is, ${copy}`,
  },
  merged: {
    notes: [otherRdnsNote],
    help: `${copy}; in RFC 4514 strings "+" joins attributes into one RDN and "," starts a new one`,
  },
  split: {
    notes: [otherRdnsNote],
    help: `${copy}; a rebuilt name must keep the attributes of a multi-valued RDN ("+" in RFC 4514 strings) in one SET`,
  },
  reversed: {
    notes: [differentNamesNote],
    help: `${copy}; do not rebuild it from text: RFC 4514 strings list the RDNs last to first`,
  },
  reordered: {
    notes: [differentNamesNote],
    help: `${copy}; do not sort its RDNs and do not rebuild it from a template: their order is part of the name`,
  },
  "missing-rdn": {
    notes: [differentNamesNote],
    help: `${copy}, with every RDN; look for a name template of the CA software that leaves attributes out`,
  },
  "repeated-rdn": {
    notes: [differentNamesNote],
    help: `${copy}; look for a default attribute that the CA software adds to a name which already has it`,
  },
  "extra-rdn": {
    notes: [differentNamesNote],
    help: `${copy}; look for a default attribute that the CA software adds to the names it builds`,
  },
  "attribute-type": {
    notes: [differentNamesNote],
    help: `${copy}; look for a wrong attribute type in the CA software's name template or OID table`,
  },
  text: {
    notes: [differentNamesNote],
    help: `make sure that the CRL is of this CA and not of a sister CA or an older generation of it; if it is, ${copy}`,
  },
  "string-type": {
    notes: [stringTypeNote],
    help: `${copy}; your encoder picks another string type than the CA certificate was issued with`,
  },
  "case-or-space": {
    notes: [caseNote],
    help: `${copy}; do not retype the name, and do not let software trim it or change its case`,
  },
  "set-order": {
    notes: [setOrderNote],
    help: `${copy}; DER sorts the attributes of a multi-valued RDN by their encodings (X.690 11.6), so one side is not DER`,
  },
  encoding: {
    notes: [encodingNote],
    help: `${copy}; at least one side is not DER: look for lengths in the long form or strings in constructed form`,
  },
};

/** Explanation for a Name that cannot be read to its end, and does not differ before that. */
const unreadable: Explanation = {
  notes: ["software that decodes the whole Name rejects it, so there is no CRL for this CA"],
  help: copy,
};

/** Returns the explanation of one kind of difference. */
export function explainKind(kind: DifferenceKind): Explanation {
  return explanations[kind];
}

/**
 * Returns the explanation of a difference with all its kinds: the consequences without repetition, and the help of the
 * first kind. If clients normalize some kinds but not others, only the more severe consequences are listed.
 */
export function explainDifference(difference: NameDifference): Explanation {
  if (difference.kind === "encoding" && !difference.equivalent) return unreadable;
  const notes = new Set(difference.kinds.flatMap((kind) => explainKind(kind).notes));
  const [first, ...weaker] = bySeverity.filter((note) => notes.has(note));
  for (const note of first === undefined ? [] : weaker) notes.delete(note);
  return { notes: [...notes], help: explainKind(difference.kind).help };
}
