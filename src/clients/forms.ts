import { type CrlKnobs, type EntryKnobs, kit, name, type NameBuilder } from "../fixture/index.ts";
import { crlUri, type Lab, type LabKnobs, later } from "./lab.ts";

/** A form of CRL: valid, or with one defect. */
export interface Form {
  readonly id: string;
  /** Description of the form, or of its defect. */
  readonly title: string;
  /** Whether the CA has revoked the leaf: false if the CRL is complete and does not list it. Default true. */
  readonly isRevoked?: false;
  /** Changes to the chain. */
  readonly lab?: LabKnobs;
  /** Changes to the valid CRL. */
  readonly knobs: (lab: Lab) => CrlKnobs;
  /** Changes to the file that contains it. */
  readonly file?: (crl: Uint8Array) => Uint8Array;
  /** Whether the client has no CRL of the root; some clients check the whole chain. */
  readonly withoutRootCrl?: true;
  /** Another CRL of the CA that the client also has. */
  readonly further?: (lab: Lab, attempt: number) => CrlKnobs;
  /**
   * Number of trials, if the answer of a client depends on chance. If one of them accepts the revoked leaf, that answer
   * counts.
   */
  readonly attempts?: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Returns the entry of the revoked leaf, then one of another certificate. */
function entries(lab: Lab, knobs: EntryKnobs = {}, other: EntryKnobs = {}): readonly EntryKnobs[] {
  return [
    { serial: lab.serials.revoked, date: later(lab.now, -day), reason: 1, ...knobs },
    { serial: 0x1234_5678_9abc, date: later(lab.now, -2 * day), reason: 4, ...other },
  ];
}

/** Returns the CRL of a form. */
export function crlOf(form: Form, lab: Lab): Uint8Array {
  const crl = makeCrl(lab, form.knobs(lab));
  return form.file?.(crl) ?? crl;
}

/** Returns the further CRLs of a form. */
export function furtherOf({ further }: Form, lab: Lab, attempt: number): readonly Uint8Array[] {
  return further === undefined ? [] : [makeCrl(lab, further(lab, attempt))];
}

function makeCrl(lab: Lab, knobs: CrlKnobs): Uint8Array {
  const dates = { thisUpdate: later(lab.now, -hour), nextUpdate: later(lab.now, 6 * day) };
  return kit.crl({ ca: lab.ca, ...dates, entries: entries(lab), ...knobs }).crl;
}

const issuer = (change: (subject: NameBuilder) => NameBuilder) => (lab: Lab) => ({ issuer: change(lab.ca.subject) });

/** A critical extension that no document defines. */
const unknown = kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul(), true);

/** Returns the digits of a UTCTime, without seconds. */
const utcDigits = (date: Date): string => date.toISOString().slice(2, 16).replaceAll(/[-T:]/gu, "");

/** Returns a Name whose outer length has one byte more than necessary. */
function withLongLength(subject: NameBuilder): Uint8Array {
  const tlv = subject.der();
  const [tag = 0, length = 0] = tlv;
  return kit.der.concat(Uint8Array.of(tag, 0x81, length), tlv.subarray(2));
}

/** All forms, valid ones first. */
export const forms: readonly Form[] = [
  { id: "valid", title: "valid", knobs: () => ({}) },
  {
    id: "partition",
    title: "valid: a partition with the URI of the certificates",
    knobs: () => ({ idp: { uris: [crlUri] } }),
  },
  {
    id: "user-certificates",
    title: "valid: a partition with onlyContainsUserCerts",
    knobs: () => ({ idp: { uris: [crlUri], onlyUser: true } }),
  },
  { id: "pem", title: "valid: PEM", knobs: () => ({ pem: true }) },
  { id: "pem-crlf", title: "valid: PEM with CRLF", knobs: () => ({ text: (pem) => pem.replaceAll("\n", "\r\n") }) },

  { id: "issuer-reversed", title: "issuer: RDNs reversed", knobs: issuer((subject) => subject.reversed()) },
  {
    id: "issuer-reordered",
    title: "issuer: RDNs in another order",
    knobs: issuer((subject) => subject.permuted([0, 2, 1])),
  },
  {
    id: "issuer-extra-rdn",
    title: "issuer: one RDN more",
    knobs: issuer((subject) => subject.plus(["OU", "Clients"])),
  },
  { id: "issuer-repeated-rdn", title: "issuer: an RDN twice", knobs: issuer((subject) => subject.repeated(1)) },
  {
    id: "issuer-attribute-type",
    title: "issuer: organizationalUnitName instead of organizationName",
    knobs: () => ({ issuer: "C=AT, OU=Example Trust GmbH, CN=Example Client CA" }),
  },
  {
    id: "issuer-split",
    title: "issuer: attributes of an RDN in two RDNs",
    lab: { ca: { subject: "C=AT, O=Example Trust GmbH + OU=Clients, CN=Example Client CA" } },
    knobs: issuer((subject) => subject.split(1)),
  },
  { id: "issuer-missing-rdn", title: "issuer: an RDN is missing", knobs: issuer((subject) => subject.without(1)) },
  {
    id: "issuer-merged",
    title: "issuer: two attributes in one RDN",
    knobs: issuer((subject) => subject.merged(1, 2)),
  },
  {
    id: "issuer-text",
    title: "issuer: another commonName",
    knobs: issuer((subject) => subject.withText(2, "Example Client CA 2")),
  },
  {
    id: "issuer-case",
    title: "issuer: another case",
    knobs: issuer((subject) => subject.withText(2, "EXAMPLE CLIENT CA")),
  },
  {
    id: "issuer-space",
    title: "issuer: a double space",
    knobs: issuer((subject) => subject.withText(2, "Example  Client CA")),
  },
  {
    id: "issuer-string-type",
    title: "issuer: PrintableString instead of UTF8String",
    knobs: issuer((subject) => subject.retyped("all", "printable")),
  },
  {
    id: "issuer-teletex",
    title: "issuer: TeletexString instead of UTF8String",
    knobs: issuer((subject) => subject.retyped(2, "teletex")),
  },
  {
    id: "issuer-set-order",
    title: "issuer: attributes of an RDN in another order",
    lab: { ca: { subject: "C=AT, O=Example Trust GmbH + OU=Clients, CN=Example Client CA" } },
    knobs: () => {
      const rdn = (part: string) => name(part).der().subarray(4);
      const [o, ou] = [rdn("O=Example Trust GmbH"), rdn("OU=Clients")];
      const sorted = kit.der.setOf(o, ou);
      const other = [kit.der.set(o, ou), kit.der.set(ou, o)].find((set) => !Buffer.from(set).equals(sorted));
      const [c, cn] = [name("C=AT"), name("CN=Example Client CA")].map((one) => one.der().subarray(2));
      return { issuer: kit.der.seq(...[c, other, cn].filter((part) => part !== undefined)) };
    },
  },
  {
    id: "issuer-length",
    title: "issuer: a length that is not minimal",
    knobs: (lab) => ({ issuer: withLongLength(lab.ca.subject) }),
  },

  {
    id: "expired",
    title: "nextUpdate: half an hour ago",
    knobs: ({ now }) => ({ nextUpdate: later(now, -30 * minute) }),
  },
  {
    id: "this-update-5-minutes",
    title: "thisUpdate: in 5 minutes",
    knobs: ({ now }) => ({ thisUpdate: later(now, 5 * minute) }),
  },
  {
    id: "this-update-1-hour",
    title: "thisUpdate: in an hour",
    knobs: ({ now }) => ({ thisUpdate: later(now, hour) }),
  },
  {
    id: "next-before-this",
    title: "nextUpdate: earlier than thisUpdate",
    knobs: ({ now }) => ({ nextUpdate: later(now, -2 * hour) }),
  },
  { id: "next-missing", title: "nextUpdate: absent", knobs: () => ({ nextUpdate: null }) },
  {
    id: "utc-without-seconds",
    title: "thisUpdate: UTCTime without seconds",
    knobs: ({ now }) => ({ thisUpdate: kit.der.utcTime(`${utcDigits(later(now, -hour))}Z`) }),
  },
  {
    id: "generalized-time",
    title: "nextUpdate: GeneralizedTime before 2050",
    knobs: ({ now }) => ({ nextUpdate: kit.der.generalizedTime(later(now, 6 * day)) }),
  },
  {
    id: "revocation-generalized-time",
    title: "revocationDate: GeneralizedTime before 2050",
    knobs: (lab) => ({ entries: entries(lab, { date: kit.der.generalizedTime(later(lab.now, -day)) }) }),
  },
  {
    id: "revocation-in-future",
    title: "revocationDate: in an hour",
    knobs: (lab) => ({ entries: entries(lab, { date: later(lab.now, hour) }) }),
  },

  {
    id: "signature-broken",
    title: "signatureValue: one bit changed",
    knobs: () => ({ signatureValue: (valid) => valid.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) }),
  },
  { id: "signature-other-key", title: "signed with another key", knobs: () => ({ signingKey: "rsa2048c" }) },
  { id: "sha1", title: "signed with SHA-1", knobs: () => ({ algorithm: "sha1WithRSAEncryption" }) },
  {
    id: "algorithms-differ",
    title: "signature: another algorithm than in signatureAlgorithm",
    knobs: () => ({ signature: "sha384WithRSAEncryption" }),
  },

  { id: "v1", title: "version 1", knobs: (lab) => ({ version: null, crlExtensions: null, entries: plain(lab) }) },
  { id: "v3", title: "version 3, which does not exist", knobs: () => ({ version: 2 }) },
  { id: "v1-extensions", title: "version absent, with extensions", knobs: () => ({ version: null }) },
  { id: "aki-missing", title: "authorityKeyIdentifier: absent", knobs: () => ({ aki: null }) },
  {
    id: "aki-other",
    title: "authorityKeyIdentifier: of another key",
    knobs: () => ({ aki: new Uint8Array(20).fill(0x11) }),
  },
  {
    id: "aki-issuer-serial",
    title: "authorityKeyIdentifier: serial of another certificate",
    knobs: (lab) => ({ aki: { value: otherCertificate(lab) } }),
  },
  { id: "number-missing", title: "cRLNumber: absent", knobs: () => ({ crlNumber: null }) },
  {
    id: "number-critical",
    title: "cRLNumber: critical",
    knobs: () => ({ critical: { [kit.oids.crlNumber]: true } }),
  },
  { id: "extension-unknown-critical", title: "unknown critical extension", knobs: () => ({ extra: [unknown] }) },
  {
    id: "extension-twice",
    title: "cRLNumber: twice",
    knobs: () => ({ extra: [kit.extension.crlNumber(4711)] }),
  },

  {
    id: "idp-foreign",
    title: "issuingDistributionPoint: URI of another partition",
    knobs: () => ({ idp: { uris: ["http://crl.example.com/other.crl"] } }),
  },
  {
    id: "idp-foreign-unlisted",
    title: "another partition, which does not list the revoked certificate",
    knobs: (lab) => ({ idp: { uris: ["http://crl.example.com/other.crl"] }, entries: entries(lab).slice(1) }),
  },
  {
    id: "partitions-without-idp",
    title: "two partitions without issuingDistributionPoint; only one lists the revoked certificate",
    knobs: () => ({}),
    // Issued after the first CRL, as usual for partitions.
    further: (lab, attempt) => ({
      crlNumber: 4712 + attempt,
      thisUpdate: later(lab.now, -hour / 2),
      entries: entries(lab).slice(1),
    }),
    // Java uses CRLs in the order of their hash codes.
    attempts: 12,
  },
  {
    id: "idp-user-certificates",
    title: "onlyContainsUserCerts without a URI",
    knobs: () => ({ idp: { onlyUser: true } }),
  },
  {
    id: "idp-ca-certificates",
    title: "onlyContainsCACerts, and the leaves are not CAs",
    knobs: () => ({ idp: { uris: [crlUri], onlyCa: true } }),
  },
  {
    id: "idp-not-critical",
    title: "issuingDistributionPoint: not critical",
    knobs: () => ({
      idp: { uris: [crlUri] },
      critical: { [kit.oids.issuingDistributionPoint]: false },
    }),
  },
  {
    id: "delta",
    title: "a delta CRL without its base",
    knobs: () => ({ extra: [kit.extension.deltaCrlIndicator(4700)] }),
  },
  {
    id: "delta-unlisted",
    title: "a delta CRL instead of the complete one, which lists the revoked certificate",
    knobs: (lab) => ({ extra: [kit.extension.deltaCrlIndicator(4700)], entries: entries(lab).slice(1) }),
  },
  {
    id: "indirect",
    title: "valid indirect CRL whose entries name this CA",
    knobs: (lab) => ({
      idp: { uris: [crlUri], indirect: true },
      entries: entries(lab, { extensions: [kit.extension.certificateIssuer(lab.ca.subject)] }),
    }),
  },
  {
    id: "certificate-issuer",
    title: "certificateIssuer of this CA without indirectCRL",
    knobs: (lab) => ({ entries: entries(lab, { extensions: [kit.extension.certificateIssuer(lab.ca.subject)] }) }),
  },
  {
    id: "certificate-issuer-other",
    title: "the good serial with certificateIssuer of another CA without indirectCRL",
    knobs: (lab) => ({
      entries: entries(
        lab,
        {},
        {
          serial: lab.serials.good,
          extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)],
        },
      ),
    }),
  },

  {
    id: "entry-unknown-critical",
    title: "unknown critical extension in the entry",
    knobs: (lab) => ({ entries: entries(lab, { extensions: [unknown] }) }),
  },
  {
    id: "entry-unknown-critical-other",
    title: "unknown critical extension in the entry of another certificate",
    knobs: (lab) => ({ entries: entries(lab, {}, { extensions: [unknown] }) }),
  },
  { id: "reason-0", title: "reasonCode unspecified (0)", knobs: reason(0) },
  { id: "reason-6", title: "reasonCode certificateHold (6)", knobs: reason(6) },
  { id: "reason-7", title: "reasonCode 7, which does not exist", knobs: reason(7) },
  { id: "reason-8", title: "reasonCode removeFromCRL (8) in a complete CRL", knobs: reason(8) },
  { id: "reason-11", title: "reasonCode weakAlgorithmOrKey (11)", knobs: reason(11) },
  {
    id: "reason-critical",
    title: "reasonCode: critical",
    knobs: (lab) => {
      const extensions = [{ ...kit.extension.reasonCode(1), critical: true }];
      const [first, ...others] = plain(lab);
      return { entries: [{ ...first, extensions }, ...others] };
    },
  },
  {
    id: "serial-21-bytes",
    title: "userCertificate: 21 bytes",
    lab: { serials: { revoked: "5a".repeat(21) } },
    knobs: () => ({}),
  },
  {
    id: "serial-negative",
    title: "userCertificate: negative, because the leading 00 is missing",
    knobs: (lab) => ({ entries: entries(lab, { serial: String(lab.serials.revoked).slice(2) }) }),
  },
  {
    id: "serial-not-minimal",
    title: "userCertificate: one leading 00 too many",
    knobs: (lab) => ({ entries: entries(lab, { serial: `00${String(lab.serials.revoked)}` }) }),
  },
  {
    id: "serial-twice",
    title: "the same userCertificate twice",
    knobs: (lab) => ({
      entries: [...entries(lab), ...entries(lab, { date: later(lab.now, -3 * day), reason: 4 }).slice(0, 1)],
    }),
  },
  {
    id: "entries-empty",
    title: "revokedCertificates: empty instead of absent",
    isRevoked: false,
    knobs: () => ({ revokedCertificates: kit.der.seq() }),
  },

  {
    id: "root-crl-missing",
    title: "valid, but the client has no CRL of the root",
    withoutRootCrl: true,
    knobs: () => ({}),
  },
  {
    id: "entries-100000",
    title: "100,000 entries, each with a reason",
    knobs: (lab) => ({
      entries: [
        ...entries(lab),
        ...Array.from({ length: 99_998 }, (_, i) => ({
          serial: 2 ** 40 + i,
          date: later(lab.now, -day),
          reason: 4,
        })),
      ],
    }),
  },

  {
    id: "pem-bom",
    title: "PEM after a byte order mark",
    knobs: () => ({ pem: true }),
    file: (pem) => kit.der.concat(Uint8Array.of(0xef, 0xbb, 0xbf), pem),
  },
  { id: "pem-indented", title: "PEM indented", knobs: () => ({ text: (pem) => pem.replaceAll(/^/gmu, "  ") }) },
  {
    id: "pem-label",
    title: 'PEM with the label "CRL"',
    knobs: () => ({ pem: "CRL" }),
  },
  {
    id: "trailing-bytes",
    title: "bytes after the CRL",
    knobs: () => ({ patch: (der) => kit.der.concat(der, Uint8Array.of(0x0d, 0x0a)) }),
  },
];

function reason(value: number): Form["knobs"] {
  return (lab) => ({ entries: entries(lab, { reason: value }) });
}

/** Returns entries without extensions. */
function plain(lab: Lab): readonly EntryKnobs[] {
  return entries(lab).map(({ serial = null, date = null }) => ({ serial, date }));
}

/**
 * Returns an AuthorityKeyIdentifier with the key of the CA, and the issuer and serial of a certificate that is not the
 * CA's.
 */
function otherCertificate({ ca, root }: Lab): Uint8Array {
  const { der } = kit;
  const names = der.explicit(1, kit.extension.directoryName(root.subject));
  return der.seq(der.context(0, ca.ski ?? new Uint8Array()), names, der.context(2, Uint8Array.of(0x77)));
}
