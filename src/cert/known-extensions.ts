import { readNamedBits } from "../der/bit-string.ts";
import { readBoolean } from "../der/boolean.ts";
import { Cursor, type Source } from "../der/cursor.ts";
import { smallInteger } from "../der/integer.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { readAuthorityInfoAccess } from "../extension/authority-info-access.ts";
import { type AuthorityKeyIdentifier, readAuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import { type DistributionPoints, readDistributionPoints } from "../extension/distribution-point.ts";
import { type Extension, type Extensions, readExtensionValue } from "../extension/extension.ts";
import { Oid } from "../extension/oids.ts";

/** basicConstraints (RFC 5280 4.2.1.9). */
export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
}

/** The extensions of a certificate that a linter of CRLs reads; undefined if they are absent or unreadable. */
export interface KnownExtensions {
  /** The OCTET STRING inside subjectKeyIdentifier. */
  readonly subjectKeyIdentifier: Tlv | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly basicConstraints: BasicConstraints | undefined;
  /** Bits of keyUsage: 5 is keyCertSign, 6 is cRLSign. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  /** Dotted OIDs of extKeyUsage. */
  readonly extKeyUsage: readonly string[] | undefined;
  /** Dotted OIDs of certificatePolicies. */
  readonly policies: readonly string[] | undefined;
  /** cRLDistributionPoints (RFC 5280 4.2.1.13), of the same type as freshestCRL. */
  readonly crlDistributionPoints: DistributionPoints | undefined;
  /** Whether authorityInfoAccess names an OCSP responder. */
  readonly hasOcsp: boolean;
}

/** Dotted OID of the accessMethod id-ad-ocsp (RFC 5280 4.2.2.1). */
const ocsp = "1.3.6.1.5.5.7.48.1";

/** Reads the extensions of a certificate that a linter of CRLs needs. */
export function readKnownExtensions(source: Source, extensions: Extensions | undefined): KnownExtensions {
  const find = (oid: string): Extension | undefined => extensions?.list.find((item) => item.oid === oid);
  const value = (oid: string, tag: number, type: string): Tlv | undefined => {
    const extension = find(oid);
    return extension && readExtensionValue(source, extension, tag, type);
  };
  const usage = value(Oid.keyUsage, Tag.bitString, "KeyUsage");
  const constraints = value(Oid.basicConstraints, Tag.sequence, "BasicConstraints");
  const purposes = value(Oid.extKeyUsage, Tag.sequence, "ExtKeyUsageSyntax");
  const policies = value(Oid.certificatePolicies, Tag.sequence, "CertificatePolicies");
  const authority = find(Oid.authorityKeyIdentifier);
  const points = find(Oid.crlDistributionPoints);
  const access = find(Oid.authorityInfoAccess);
  const descriptions = (access && readAuthorityInfoAccess(source, access))?.descriptions ?? [];
  return {
    subjectKeyIdentifier: value(Oid.subjectKeyIdentifier, Tag.octetString, "SubjectKeyIdentifier"),
    authorityKeyIdentifier: authority && readAuthorityKeyIdentifier(source, authority),
    keyUsage: usage && readNamedBits(source, usage, "keyUsage"),
    basicConstraints: constraints && readBasicConstraints(source, constraints),
    extKeyUsage: purposes && readOids(source, purposes, "extKeyUsage"),
    policies: policies && readPolicies(source, policies, "certificatePolicies"),
    crlDistributionPoints: points && readDistributionPoints(source, points),
    hasOcsp: descriptions.some(({ method }) => method === ocsp),
  };
}

function readBasicConstraints(source: Source, tlv: Tlv): BasicConstraints {
  const cursor = Cursor.inside(source, tlv, "basicConstraints");
  const ca = cursor.take(Tag.boolean, "cA");
  const pathLength = cursor.take(Tag.integer, "pathLenConstraint");
  return {
    ca: ca !== undefined && readBoolean(source, ca, "basicConstraints.cA") === true,
    pathLength: pathLength && smallInteger(source.bytes, pathLength),
  };
}

function readOids(source: Source, tlv: Tlv, path: string): readonly string[] {
  const cursor = Cursor.inside(source, tlv, path);
  const oids: string[] = [];
  while (!cursor.atEnd) {
    const item = cursor.read("");
    if (item === undefined) break;
    const oid = item.tag === Tag.oid ? readOid(source, item, path) : undefined;
    if (oid !== undefined) oids.push(oid);
  }
  return oids;
}

/** Reads PolicyInformation ::= SEQUENCE { policyIdentifier OBJECT IDENTIFIER, ... } (RFC 5280 4.2.1.4). */
function readPolicies(source: Source, tlv: Tlv, path: string): readonly string[] {
  const cursor = Cursor.inside(source, tlv, path);
  const oids: string[] = [];
  while (!cursor.atEnd) {
    const item = cursor.read("");
    if (item === undefined) break;
    const id = item.tag === Tag.sequence ? Cursor.inside(source, item, path).take(Tag.oid, "") : undefined;
    const oid = id && readOid(source, id, path);
    if (oid !== undefined) oids.push(oid);
  }
  return oids;
}
