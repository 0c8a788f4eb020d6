import { readBitString } from "../der/bit-string.ts";
import { Cursor, newSource, type Reading, readOutermost, type Source } from "../der/cursor.ts";
import { checkInteger, smallInteger } from "../der/integer.ts";
import type { Limits } from "../der/limits.ts";
import { checkNested } from "../der/nested.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import { readTime, type Time } from "../der/time.ts";
import { readAuthorityInfoAccess } from "../extension/authority-info-access.ts";
import { readAuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import { checkExtensionValue } from "../extension/check-value.ts";
import { readDistributionPoints } from "../extension/distribution-point.ts";
import { readExpiredCertsOnCrl } from "../extension/expired-certs-on-crl.ts";
import { type Extension, type Extensions, readExtensions, readExtensionValue } from "../extension/extension.ts";
import { readGeneralNamesValue } from "../extension/general-name.ts";
import { readIssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import { Oid } from "../extension/oids.ts";
import type { InputObject } from "../input/read.ts";
import { readName } from "../name/parse.ts";
import type { AlgorithmIdentifier, Crl, CrlField } from "./crl.ts";
import { Entries } from "./entries.ts";
import { findTbsFields, type TbsFields } from "./tbs-fields.ts";

const path = "tbsCertList";

/**
 * Reads a CRL: its header, its extensions, and all entries once for their facts. Never throws because of the bytes:
 * errors in them are recorded in `crl.source.faults`.
 *
 * @param bytes DER of a CertificateList, or of a bare TBSCertList; it may be malformed
 * @param form the expected one of the two; it is never guessed, so a truncated CRL cannot pass as a TBSCertList
 */
export function readCrl(bytes: Uint8Array, form: "crl" | "tbs" = "crl", reading: Reading = {}): Crl {
  const source = newSource(bytes, reading);
  const outer = readOutermost(source, form === "tbs" ? path : "");
  const unread = new Map<CrlField, string>();
  const frame = form === "tbs" || outer === undefined ? undefined : readCertificateList(source, outer, unread);
  const tbsCertList = form === "tbs" ? asSequence(source, outer) : frame?.tbsCertList;
  if (form === "crl" && frame === undefined) {
    for (const field of ["signatureAlgorithm", "signatureValue"] as const) unread.set(field, `${field} cannot be read`);
  }
  const fields = tbsCertList === undefined ? noFields() : findTbsFields(source, tbsCertList, path);
  for (const [field, why] of fields.unread) unread.set(field, why);
  return {
    form,
    source,
    whole: { start: 0, end: outer?.end ?? bytes.length },
    tbsCertList,
    ...readFields(source, fields, unread),
    signatureAlgorithm: frame?.signatureAlgorithm,
    signatureValue: frame?.signatureValue,
    unread,
  };
}

/**
 * Reads the CRL to lint. Returns an empty CRL for an object of another kind.
 *
 * @param maxFindings maximum number of faults of one kind whose positions are kept; 0 keeps all
 */
export function readLinted(
  { kind, artefact }: InputObject,
  form: Crl["form"],
  { maxFindings, limits }: { readonly maxFindings: number; readonly limits: Limits },
): Crl {
  const keep = maxFindings === 0 ? Number.POSITIVE_INFINITY : maxFindings;
  return readCrl(kind === form ? artefact.bytes : new Uint8Array(0), form, { keep, limits });
}

/** Returns the fields of a tbsCertList that cannot be read: none of them counts as absent. */
function noFields(): TbsFields {
  const fields = ["tbsCertList", "version", "signature", "issuer", "thisUpdate", "nextUpdate"] as const;
  const lists = ["revokedCertificates", "crlExtensions"] as const;
  const why = "tbsCertList cannot be read";
  return { tlvs: new Map(), unread: new Map([...fields, ...lists].map((field) => [field, why])) };
}

/** Reads CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue } (RFC 5280 5.1). */
function readCertificateList(source: Source, outer: Tlv, unread: Map<CrlField, string>) {
  const cursor = Cursor.inside(source, asSequence(source, outer) ?? outer, "");
  const tbsCertList = cursor.take(Tag.sequence, path);
  const algorithm = tbsCertList && cursor.take(Tag.sequence, "signatureAlgorithm");
  const value = algorithm && cursor.take(Tag.bitString, "signatureValue");
  const signatureAlgorithm = algorithm && readAlgorithm(source, algorithm, "signatureAlgorithm", unread);
  let signatureValue: Crl["signatureValue"];
  if (value === undefined) {
    const absent = tbsCertList === undefined ? path : algorithm === undefined ? "signatureAlgorithm" : "signatureValue";
    if (!cursor.broken) cursor.missing("structure/certificate-list", `${absent} is missing${cursor.found()}`);
    const why = source.truncatedAt === undefined ? `the CertificateList has no ${absent}` : "the file is truncated";
    if (algorithm === undefined) unread.set("signatureAlgorithm", why);
    unread.set("signatureValue", why);
  } else {
    const bits = value.tag === Tag.bitString ? readBitString(source, value, "signatureValue") : undefined;
    if (bits !== undefined && bits.unusedBits !== 0) {
      const message = `signatureValue has ${bits.unusedBits} unused ${bits.unusedBits === 1 ? "bit" : "bits"}; a signature must be whole bytes`;
      source.faults.add("structure/signature-not-octets", value, "signatureValue", message);
    }
    signatureValue = { bits, ...value };
    cursor.expectEnd();
  }
  return { tbsCertList, signatureAlgorithm, signatureValue };
}

/** Returns the outermost TLV if it is a SEQUENCE, and reports any other type. */
function asSequence(source: Source, outer: Tlv | undefined): Tlv | undefined {
  if (outer === undefined || outer.tag === Tag.sequence) return outer;
  const identifier = { start: outer.start, end: outer.start + 1 };
  const message = `a CRL must be a SEQUENCE; this is ${tagName(outer.tag)}`;
  source.faults.add("structure/certificate-list", identifier, "", message);
  return undefined;
}

/** Reads an AlgorithmIdentifier: SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }. */
function readAlgorithm(
  source: Source,
  tlv: Tlv,
  at: "signature" | "signatureAlgorithm",
  unread: Map<CrlField, string>,
): AlgorithmIdentifier {
  const algorithmPath = at === "signature" ? `${path}.${at}` : at;
  const cursor = Cursor.inside(source, tlv, algorithmPath);
  const id = cursor.take(Tag.oid, "algorithm");
  if (id === undefined) {
    const code = at === "signature" ? "structure/tbs-cert-list" : "structure/certificate-list";
    cursor.missing(code, `${algorithmPath} does not start with an OBJECT IDENTIFIER`);
  }
  const oid = id && readOid(source, id, `${algorithmPath}.algorithm`);
  if (oid === undefined) unread.set(at, `${algorithmPath} does not name an algorithm`);
  else if (tlv.end === source.truncatedAt) unread.set(at, "the file is truncated");
  const parameters = cursor.read("parameters");
  if (parameters !== undefined) checkNested(source, parameters, `${algorithmPath}.parameters`);
  cursor.expectEnd();
  return { oid, parameters, ...tlv };
}

function readFields(source: Source, { tlvs }: TbsFields, unread: Map<CrlField, string>) {
  const version = tlvs.get("version");
  if (version !== undefined) checkInteger(source, version, `${path}.version`);
  const signature = tlvs.get("signature");
  const issuer = tlvs.get("issuer");
  const extensions = tlvs.get("crlExtensions");
  const revoked = tlvs.get("revokedCertificates");
  const crlExtensions = extensions && readExplicitExtensions(source, extensions, unread);
  // This comes before the entries: only the first few errors of each kind are kept, and entries can have any number of
  // them.
  const known = readKnownExtensions(source, crlExtensions, unread);
  return {
    version: version && { value: smallInteger(source.bytes, version), ...version },
    signature: signature && readAlgorithm(source, signature, "signature", unread),
    issuer: issuer && readName(source, issuer, `${path}.issuer`),
    thisUpdate: readTimeField(source, tlvs.get("thisUpdate"), "thisUpdate", unread),
    nextUpdate: readTimeField(source, tlvs.get("nextUpdate"), "nextUpdate", unread),
    revokedCertificates: revoked,
    entries: new Entries(source, revoked, `${path}.revokedCertificates`),
    crlExtensions,
    ...known,
  };
}

function readTimeField(
  source: Source,
  tlv: Tlv | undefined,
  field: "thisUpdate" | "nextUpdate",
  unread: Map<CrlField, string>,
): Time | undefined {
  if (tlv === undefined) return undefined;
  const time = readTime(source, tlv, `${path}.${field}`);
  if (time.seconds === undefined) unread.set(field, `${field} is not a valid time`);
  return time;
}

/** Reads crlExtensions [0] EXPLICIT Extensions (RFC 5280 5.1.2.7). */
function readExplicitExtensions(source: Source, outer: Tlv, unread: Map<CrlField, string>): Extensions | undefined {
  const extensionsPath = `${path}.crlExtensions`;
  const cursor = Cursor.inside(source, outer, extensionsPath);
  const list = cursor.take(Tag.sequence, "");
  if (list === undefined) {
    if (!cursor.broken) cursor.missing("structure/tbs-cert-list", "crlExtensions [0] does not contain a SEQUENCE");
    const why = "crlExtensions does not contain a readable SEQUENCE";
    unread.set("crlExtensions", outer.end === source.truncatedAt ? "the file is truncated" : why);
    return undefined;
  }
  cursor.expectEnd();
  const extensions = readExtensions(source, list, extensionsPath);
  if (!extensions.whole) unread.set("crlExtensions", "crlExtensions cannot be read to its end");
  return extensions;
}

function readKnownExtensions(source: Source, extensions: Extensions | undefined, unread: Map<CrlField, string>) {
  const list = extensions?.list ?? [];
  const read = new Set<string>();
  /** Reads all extensions with an OID, to find their errors; returns the first that can be read. */
  const first = <Value>(oid: string, readValue: (extension: Extension) => Value | undefined): Value | undefined => {
    read.add(oid);
    let found: Value | undefined;
    for (const extension of list) {
      const value = extension.oid === oid ? readValue(extension) : undefined;
      found ??= value;
    }
    return found;
  };
  const known = {
    crlNumber: first(Oid.crlNumber, (one) => readNumber(source, one, "CRLNumber")),
    deltaCrlIndicator: first(Oid.deltaCrlIndicator, (one) => readNumber(source, one, "BaseCRLNumber")),
    authorityKeyIdentifier: first(Oid.authorityKeyIdentifier, (one) => readAuthorityKeyIdentifier(source, one)),
    issuingDistributionPoint: first(Oid.issuingDistributionPoint, (one) => readIssuingDistributionPoint(source, one)),
    freshestCrl: first(Oid.freshestCrl, (one) => readDistributionPoints(source, one)),
    authorityInfoAccess: first(Oid.authorityInfoAccess, (one) => readAuthorityInfoAccess(source, one)),
    issuerAltName: first(Oid.issuerAltName, (one) => readGeneralNamesValue(source, one, "IssuerAltName")),
    expiredCertsOnCrl: first(Oid.expiredCertsOnCrl, (one) => readExpiredCertsOnCrl(source, one)),
  };
  for (const extension of list) {
    if (extension.oid !== undefined && !read.has(extension.oid)) checkExtensionValue(source, extension);
  }
  const fields = [
    ["crlNumber", Oid.crlNumber],
    ["deltaCrlIndicator", Oid.deltaCrlIndicator],
    ["authorityKeyIdentifier", Oid.authorityKeyIdentifier],
    ["issuingDistributionPoint", Oid.issuingDistributionPoint],
  ] as const;
  for (const [field, oid] of fields) {
    if (known[field] !== undefined) continue;
    if (list.some((item) => item.oid === oid)) unread.set(field, `the value of ${field} cannot be read`);
  }
  return known;
}

function readNumber(source: Source, extension: Extension, type: string): Tlv | undefined {
  const number = readExtensionValue(source, extension, Tag.integer, type);
  if (number === undefined) return undefined;
  return checkInteger(source, number, `${extension.path}.extnValue`) ? number : undefined;
}
