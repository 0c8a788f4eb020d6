import { type PublicKey, readPublicKey } from "../algorithm/public-key.ts";
import { dsaKey } from "../algorithm/signature-algorithm.ts";
import { readBitString } from "../der/bit-string.ts";
import { Cursor, newSource, type Reading, readOutermost, type Source } from "../der/cursor.ts";
import { smallInteger } from "../der/integer.ts";
import { bytesOf, contents, sameBytes, type Span, type Tlv } from "../der/span.ts";
import { context, Tag } from "../der/tag.ts";
import { isTimeTag, readTime, type Time } from "../der/time.ts";
import { type AuthorityKeyIdentifier, readAuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import { type DistributionPoints, readDistributionPoints } from "../extension/distribution-point.ts";
import { type Extension, type Extensions, readExtensions } from "../extension/extension.ts";
import { Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import { type Name, type Rdn, readName } from "../name/parse.ts";
import { type BasicConstraints, type KnownExtensions, readKnownExtensions } from "./known-extensions.ts";

/** The parts of a certificate that a linter of CRLs needs (RFC 5280 4.1). */
export interface Certificate extends KnownExtensions {
  readonly source: Source;
  readonly tbsCertificate: Tlv;
  /** The outer signatureAlgorithm, and the bytes of signatureValue; undefined if they cannot be read. */
  readonly signatureAlgorithm: Tlv | undefined;
  readonly signatureValue: Span | undefined;
  /** X.509 version: 1, 2 or 3. */
  readonly version: number;
  readonly serialNumber: Tlv;
  /** The inner AlgorithmIdentifier signature. */
  readonly signature: Tlv;
  readonly issuer: Name;
  readonly notBefore: Time;
  readonly notAfter: Time;
  readonly subject: Name;
  readonly publicKey: PublicKey;
  /** Position of subjectPublicKeyInfo, from which publicKey is read. */
  readonly subjectPublicKeyInfo: Span;
  readonly extensions: Extensions | undefined;
  /** Dotted OIDs of its extensions, readable or not. */
  readonly extensionOids: readonly string[];
  /** Whether subject and issuer are the same bytes. */
  readonly selfIssued: boolean;
}

/** Bit of keyUsage that allows a key to sign certificates (RFC 5280 4.2.1.3). */
export const keyCertSign = 5;

/** Bit of keyUsage that allows a key to sign CRLs (RFC 5280 4.2.1.3). */
export const cRLSign = 6;

/**
 * Reads a certificate. The source of the certificate records faults in its encoding: they are not faults of the CRL.
 *
 * @returns undefined if a mandatory field of certificates cannot be found
 */
export function readCertificate(bytes: Uint8Array, reading: Reading = {}): Certificate | undefined {
  const source = newSource(bytes, reading);
  const outer = readOutermost(source, "", "certificate");
  if (outer?.tag !== Tag.sequence) return undefined;
  const cursor = Cursor.inside(source, outer, "");
  const tbsCertificate = cursor.take(Tag.sequence, "tbsCertificate");
  const signatureAlgorithm = cursor.take(Tag.sequence, "signatureAlgorithm");
  const value = cursor.take(Tag.bitString, "signatureValue");
  const signatureValue = value && readBitString(source, value, "signatureValue");
  if (value !== undefined) cursor.expectEnd();
  const fields = tbsCertificate && readTbsCertificate(source, tbsCertificate);
  return fields && new CompactCertificate({ source, tbsCertificate, signatureAlgorithm, signatureValue, ...fields });
}

type TbsFields = Omit<Certificate, "source" | "tbsCertificate" | "signatureAlgorithm" | "signatureValue">;

/**
 * A certificate that keeps only small values, and reads its names, key and longer extensions again when they are
 * needed. 100,000 certificates in scope then take a third of the memory. It was read in full once, so every fault is
 * known.
 */
class CompactCertificate implements Certificate {
  readonly source: Source;
  readonly tbsCertificate: Tlv;
  readonly signatureAlgorithm: Tlv | undefined;
  readonly signatureValue: Span | undefined;
  readonly version: number;
  readonly serialNumber: Tlv;
  readonly signature: Tlv;
  readonly issuer: Name;
  readonly notBefore: Time;
  readonly notAfter: Time;
  readonly subject: Name;
  readonly subjectPublicKeyInfo: Span;
  readonly selfIssued: boolean;
  readonly extensionOids: readonly string[];
  readonly subjectKeyIdentifier: Tlv | undefined;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extKeyUsage: readonly string[] | undefined;
  readonly policies: readonly string[] | undefined;
  readonly hasOcsp: boolean;
  readonly #authority: Extension | undefined;
  readonly #points: Extension | undefined;

  constructor(read: Certificate) {
    this.source = read.source;
    this.tbsCertificate = read.tbsCertificate;
    this.signatureAlgorithm = read.signatureAlgorithm;
    this.signatureValue = read.signatureValue;
    this.version = read.version;
    this.serialNumber = read.serialNumber;
    this.signature = read.signature;
    this.issuer = new CompactName(read.issuer, this, "issuer");
    this.notBefore = read.notBefore;
    this.notAfter = read.notAfter;
    this.subject = new CompactName(read.subject, this, "subject");
    this.subjectPublicKeyInfo = read.subjectPublicKeyInfo;
    this.selfIssued = read.selfIssued;
    this.extensionOids = fitted(read.extensionOids);
    this.subjectKeyIdentifier = read.subjectKeyIdentifier;
    this.basicConstraints = read.basicConstraints;
    this.keyUsage = read.keyUsage;
    this.extKeyUsage = read.extKeyUsage && fitted(read.extKeyUsage);
    this.policies = read.policies && fitted(read.policies);
    this.hasOcsp = read.hasOcsp;
    this.#authority = read.extensions && findExtension(read.extensions, Oid.authorityKeyIdentifier);
    this.#points = read.extensions && findExtension(read.extensions, Oid.crlDistributionPoints);
  }

  get publicKey(): PublicKey {
    return readAgain(this).publicKey;
  }

  get extensions(): Extensions | undefined {
    return readAgain(this).extensions;
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#authority && readAuthorityKeyIdentifier(withoutErrorReports(this.source), this.#authority);
  }

  get crlDistributionPoints(): DistributionPoints | undefined {
    return this.#points && readDistributionPoints(withoutErrorReports(this.source), this.#points);
  }
}

/** Returns a copy without the spare capacity of a list that has grown. */
function fitted(list: readonly string[]): readonly string[] {
  return list.slice();
}

/** The certificate that was last read again: rules use the same CA certificate one after another. */
let lastRead: { readonly certificate: Certificate; readonly fields: TbsFields } | undefined;

function readAgain(certificate: Certificate): TbsFields {
  if (lastRead?.certificate === certificate) return lastRead.fields;
  const fields = readTbsCertificate(withoutErrorReports(certificate.source), certificate.tbsCertificate);
  if (fields === undefined) throw new TypeError("the bytes of a certificate have changed since it was read");
  lastRead = { certificate, fields };
  return fields;
}

/** A Name that keeps only its position until its RDNs are needed. */
class CompactName implements Name {
  readonly start: number;
  readonly end: number;
  readonly #certificate: Certificate;
  readonly #field: "issuer" | "subject";
  #name: Name | undefined;

  constructor({ start, end }: Span, certificate: Certificate, field: "issuer" | "subject") {
    this.start = start;
    this.end = end;
    this.#certificate = certificate;
    this.#field = field;
  }

  get rdns(): readonly Rdn[] {
    return this.#whole().rdns;
  }

  get broken(): boolean {
    return this.#whole().broken;
  }

  #whole(): Name {
    this.#name ??= readAgain(this.#certificate)[this.#field];
    return this.#name;
  }
}

function readTbsCertificate(source: Source, tbs: Tlv): TbsFields | undefined {
  const path = "tbsCertificate";
  const cursor = Cursor.inside(source, tbs, path);
  const version = readVersion(source, cursor.take(context(0, true), "version"));
  const serialNumber = cursor.take(Tag.integer, "serialNumber");
  const signature = cursor.take(Tag.sequence, "signature");
  const issuer = cursor.take(Tag.sequence, "issuer");
  const validity = cursor.take(Tag.sequence, "validity");
  const subject = cursor.take(Tag.sequence, "subject");
  const spki = cursor.take(Tag.sequence, "subjectPublicKeyInfo");
  const times = validity && readValidity(source, validity, `${path}.validity`);
  const publicKey = spki && readPublicKey(source, spki, `${path}.subjectPublicKeyInfo`);
  if (!serialNumber || !signature || !issuer || !times || !subject || !publicKey) return undefined;
  cursor.take(context(1, false), "issuerUniqueID");
  cursor.take(context(2, false), "subjectUniqueID");
  const wrapper = cursor.take(context(3, true), "extensions");
  const list = wrapper && Cursor.inside(source, wrapper, `${path}.extensions`).take(Tag.sequence, "");
  cursor.expectEnd();
  const extensions = list && readExtensions(source, list, `${path}.extensions`);
  return {
    version,
    serialNumber,
    signature,
    issuer: readName(source, issuer, `${path}.issuer`),
    ...times,
    subject: readName(source, subject, `${path}.subject`),
    publicKey,
    subjectPublicKeyInfo: { start: publicKey.start, end: publicKey.end },
    extensions,
    extensionOids: extensions?.list.flatMap(({ oid }) => oid ?? []) ?? [],
    ...readKnownExtensions(source, extensions),
    selfIssued: sameBytes(bytesOf(source.bytes, issuer), bytesOf(source.bytes, subject)),
  };
}

function findExtension({ list }: Extensions, oid: string): Extension | undefined {
  return list.find((extension) => extension.oid === oid);
}

function readVersion(source: Source, wrapper: Tlv | undefined): number {
  const integer = wrapper && Cursor.inside(source, wrapper, "tbsCertificate.version").take(Tag.integer, "");
  return integer === undefined ? 1 : (smallInteger(source.bytes, integer) ?? 0) + 1;
}

function readValidity(source: Source, tlv: Tlv, path: string): { notBefore: Time; notAfter: Time } | undefined {
  const cursor = Cursor.inside(source, tlv, path);
  const next = (name: string): Time | undefined => {
    const time = isTimeTag(cursor.peek()) ? cursor.read(name) : undefined;
    return time && readTime(source, time, `${path}.${name}`);
  };
  const notBefore = next("notBefore");
  const notAfter = next("notAfter");
  return notBefore && notAfter && { notBefore, notAfter };
}

/** Returns the length of an RSA modulus in bits; undefined for any other key. */
export function modulusBits(certificate: Certificate): number | undefined {
  const { rsa } = certificate.publicKey;
  if (rsa === undefined) return undefined;
  return bitsOf(certificate.source, rsa.modulus);
}

/**
 * Returns the lengths of the primes p and q of a DSA key in bits (RFC 3279 2.3.2); undefined for any other key, and for
 * a key that inherits its parameters.
 */
export function dsaBits({ publicKey, source }: Certificate): { readonly p: number; readonly q: number } | undefined {
  const { oid, parameters } = publicKey;
  if (oid !== dsaKey || parameters?.tag !== Tag.sequence) return undefined;
  const cursor = Cursor.inside(withoutErrorReports(source), parameters, "");
  const p = cursor.take(Tag.integer, "p");
  const q = cursor.take(Tag.integer, "q");
  return p && q && { p: bitsOf(source, p), q: bitsOf(source, q) };
}

/** Returns the length of an INTEGER in bits, without leading zeros. */
function bitsOf({ bytes }: Source, integer: Tlv): number {
  const value = contents(bytes, integer);
  const first = value.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (value.length - first) * 8 - Math.clz32(value[first] ?? 0) + 24;
}
