import type { DifferenceKind, NameDifference } from "./difference.ts";

/** The effect in practice of a difference between CRL issuer and CA subject, and what to do about it. */
export interface Explanation {
  /** Consequences, one sentence or two each. */
  readonly notes: readonly string[];
  /** An imperative. */
  readonly help: string;
}

const copy = "copy the CA certificate's subject TLV into tbsCertList.issuer unchanged";

/** For differences that RFC 5280 7.1 counts. Fact: OpenSSL 3.0.19 run; BoringSSL and rustls-webpki by their sources. */
const differentNamesNote =
  "by RFC 5280 7.1, too, these are different names: OpenSSL, BoringSSL and rustls-webpki find no CRL for this CA, so " +
  'revoked certificates stay accepted (soft fail) or every certificate is refused (OpenSSL: "unable to get certificate CRL")';

/** For differences that OpenSSL 3.0.19 and BoringSSL do away with before they compare. */
const normalizedNote =
  "OpenSSL and BoringSSL fold this difference away, so that tests with them pass; software that compares the encoded " +
  "names (rustls-webpki) finds no CRL for this CA";

/** For differences that RFC 5280 7.1 ignores, and software may not. */
const sameNameOtherBytesNote =
  "RFC 5280 7.1 calls these the same name, but software that compares the encoded names (rustls-webpki) finds no CRL " +
  "for this CA";

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
    notes: [differentNamesNote],
    help: `${copy}; in RFC 4514 strings "+" joins attributes into one RDN and "," starts a new one`,
  },
  split: {
    notes: [differentNamesNote],
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
    notes: [normalizedNote],
    help: `${copy}; your encoder picks another string type than the CA certificate was issued with`,
  },
  "case-or-space": {
    notes: [normalizedNote],
    help: `${copy}; do not retype the name, and do not let software trim it or change its case`,
  },
  "set-order": {
    notes: [sameNameOtherBytesNote],
    help: `${copy}; DER sorts the attributes of a multi-valued RDN by their encodings (X.690 11.6), so one side is not DER`,
  },
  encoding: {
    notes: [sameNameOtherBytesNote],
    help: `${copy}; at least one side is not DER: look for lengths in the long form or strings in constructed form`,
  },
};

/** For a Name that breaks off, where nothing before the break differs. */
const unreadable: Explanation = {
  notes: ["software that decodes the whole Name refuses it, so that there is no CRL for this CA"],
  help: copy,
};

/** The effect of one kind of difference, and what to do. */
export function explainKind(kind: DifferenceKind): Explanation {
  return explanations[kind];
}

/**
 * What a difference breaks, and what to do, for all its kinds at once: the consequences without repetition, and only
 * the more severe ones if kinds that software normalizes occur together with kinds that it does not; the help of the
 * first kind.
 */
export function explainDifference(difference: NameDifference): Explanation {
  if (difference.kind === "encoding" && !difference.equivalent) return unreadable;
  const notes = new Set(difference.kinds.flatMap((kind) => explainKind(kind).notes));
  // Each note makes the weaker ones redundant.
  if (notes.has(differentNamesNote)) notes.delete(normalizedNote);
  if (notes.has(differentNamesNote) || notes.has(normalizedNote)) notes.delete(sameNameOtherBytesNote);
  return { notes: [...notes], help: explainKind(difference.kind).help };
}
