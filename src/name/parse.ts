import { Cursor, type Source } from "../der/cursor.ts";
import type { FaultCode } from "../der/fault.ts";
import { checkNested } from "../der/nested.ts";
import { readOid } from "../der/oid.ts";
import { bytesOf, compareBytes, contentLength, contents, type Span, type Tlv } from "../der/span.ts";
import { decodeString, isStringTag, isStringType, readString } from "../der/strings.ts";
import { constructed, Tag, tagName } from "../der/tag.ts";
import { findLimits } from "./attribute-limits.ts";
import { attributeTypeName } from "./attribute-types.ts";

/** A Name (X.501 9.2, RFC 5280 4.1.2.4) as encoded; its own span is the whole TLV. */
export interface Name extends Span {
  readonly rdns: readonly Rdn[];
  /** Whether part of it could not be read: a frame is invalid, or it has more attributes than the limit. */
  readonly broken: boolean;
}

/** A RelativeDistinguishedName. `attributes` is empty for an empty SET and for anything that is not an RDN. */
export interface Rdn extends Span {
  readonly attributes: readonly Attribute[];
}

/** An AttributeTypeAndValue. */
export interface Attribute extends Span {
  /** Dotted form of the attribute type; undefined if none can be read. */
  readonly oid: string | undefined;
  /** Short name of the attribute type (`CN`), its dotted form if it has none, or `?` if none can be read. */
  readonly type: string;
  /** Identifier octet of the value; -1 if there is no value. */
  readonly valueTag: number;
  /** Offset of the value's identifier octet. */
  readonly valueStart: number;
  /** The contents octets of the value. */
  readonly value: Span;
  /** Text of the value, not escaped for any output; undefined if it is not a string or not valid text. */
  readonly text: string | undefined;
}

/**
 * Reads a Name (RFC 5280 4.1.2.4): a SEQUENCE of SETs of SEQUENCEs of type and value. Errors are added to the faults of
 * the source, under paths like `tbsCertList.issuer.rdnSequence[0][1].value`, and reading continues after each. The
 * caller must report an empty RDN.
 *
 * @param tlv the SEQUENCE of RDNs
 * @param path ASN.1 path of the Name
 * @param structure the code for departures from the ASN.1 definition
 */
export function readName(
  source: Source,
  tlv: Tlv,
  path: string,
  structure: FaultCode = "structure/tbs-cert-list",
): Name {
  const cursor = Cursor.inside(source, tlv, `${path}.rdnSequence`);
  const rdns: Rdn[] = [];
  let left = source.limits.attributes;
  let broken = false;
  while (!cursor.atEnd) {
    const at = cursor.position;
    if (left <= 0) {
      reportTooMany(source, { start: at, end: cursor.end }, path);
      broken = true;
      break;
    }
    const name = `[${rdns.length}]`;
    const set = cursor.take(Tag.set, name) ?? cursor.read(name);
    if (set === undefined) break;
    const rdn = readRdn(source, set, cursor.child(name), structure, left);
    rdns.push({ start: set.start, end: set.end, attributes: rdn.attributes });
    left -= Math.max(1, rdn.attributes.length);
    broken ||= rdn.broken;
  }
  return { start: tlv.start, end: tlv.end, rdns, broken: broken || cursor.broken };
}

function reportTooMany(source: Source, rest: Span, path: string): void {
  const message = `more than ${source.limits.attributes} RDNs and attributes in one Name; the rest is not read`;
  source.faults.add("input/over-limit", rest, path, message);
}

interface RdnParts {
  readonly attributes: readonly Attribute[];
  readonly broken: boolean;
}

function readRdn(source: Source, set: Tlv, path: string, structure: FaultCode, most: number): RdnParts {
  if ((set.tag | constructed) !== Tag.set) {
    const message = `${path} is ${tagName(set.tag)}; a RelativeDistinguishedName must be a SET`;
    source.faults.add(structure, set, path, message);
    return { attributes: [], broken: true };
  }
  return readAttributes(source, set, path, structure, most);
}

/**
 * Reads a RelativeDistinguishedName whose SET has another tag by IMPLICIT tagging: nameRelativeToCRLIssuer.
 *
 * @param tlv the TLV with the attributes
 * @param path ASN.1 path of the RDN
 * @param structure the code for departures from the ASN.1 definition
 */
export function readRelativeName(source: Source, tlv: Tlv, path: string, structure: FaultCode): Rdn {
  const { attributes } = readAttributes(source, tlv, path, structure, source.limits.attributes);
  const rest = { start: attributes.at(-1)?.end ?? tlv.content, end: tlv.contentEnd };
  if (attributes.length >= source.limits.attributes && rest.start < rest.end) reportTooMany(source, rest, path);
  return { start: tlv.start, end: tlv.end, attributes };
}

function readAttributes(source: Source, set: Tlv, path: string, structure: FaultCode, most: number): RdnParts {
  const cursor = Cursor.inside(source, set, path);
  const attributes: Attribute[] = [];
  let previous: Attribute | undefined;
  let ordered = true;
  let broken = false;
  while (!cursor.atEnd && attributes.length < most) {
    const name = `[${attributes.length}]`;
    const tlv = cursor.take(Tag.sequence, name) ?? cursor.read(name);
    if (tlv === undefined) break;
    const attribute = readAttribute(source, tlv, cursor.child(name), structure);
    attributes.push(attribute);
    broken ||= attribute.valueTag === -1;
    // X.690 11.6: the components of a SET OF must be in ascending order of their encodings.
    if (ordered && previous && compareBytes(bytesOf(source.bytes, previous), bytesOf(source.bytes, tlv)) > 0) {
      ordered = false;
      const message = `attribute ${attributes.length} of the RDN sorts before the one it follows`;
      source.faults.add("der/set-of-order", tlv, path, message);
    }
    previous = attribute;
  }
  return { attributes, broken: broken || cursor.broken || !cursor.atEnd };
}

function readAttribute(source: Source, tlv: Tlv, path: string, structure: FaultCode): Attribute {
  if ((tlv.tag | constructed) !== Tag.sequence) {
    const message = `${path} is ${tagName(tlv.tag)}; an AttributeTypeAndValue must be a SEQUENCE`;
    source.faults.add(structure, tlv, path, message);
    return withoutValue(tlv, undefined, "?");
  }
  const cursor = Cursor.inside(source, tlv, path);
  // In a file that ends within the attribute, the truncation is the error.
  const isCut = cursor.end === source.truncatedAt;
  const typeTlv = cursor.take(Tag.oid, "type");
  if (typeTlv === undefined) {
    const first = cursor.read("type");
    if (!isCut && !cursor.broken) {
      const found = first === undefined ? "is empty" : `starts with ${tagName(first.tag)}`;
      const message = `${path} ${found}; it must start with an attribute type, an OBJECT IDENTIFIER`;
      source.faults.add(structure, first ?? tlv, path, message);
    }
    return withoutValue(tlv, undefined, "?");
  }
  const oid = readOid(source, typeTlv, cursor.child("type"));
  const type = oid === undefined ? "?" : attributeTypeName(oid);
  const value = cursor.read("value");
  if (value === undefined) {
    if (!cursor.broken && !isCut) source.faults.add(structure, tlv, path, `${path} (${type}) has no value`);
    return withoutValue(tlv, oid, type);
  }
  const text = readValue(source, value, cursor.child("value"), structure, oid, type);
  cursor.expectEnd();
  return {
    start: tlv.start,
    end: tlv.end,
    oid,
    type,
    valueTag: value.tag,
    valueStart: value.start,
    value: { start: value.content, end: value.contentEnd },
    text,
  };
}

function withoutValue({ start, end }: Tlv, oid: string | undefined, type: string): Attribute {
  return { start, end, oid, type, valueTag: -1, valueStart: end, value: { start: end, end }, text: undefined };
}

function readValue(
  source: Source,
  tlv: Tlv,
  path: string,
  structure: FaultCode,
  oid: string | undefined,
  type: string,
): string | undefined {
  const primitive = tlv.tag & ~constructed;
  if (!isStringTag(primitive)) {
    const isString = findLimits(oid) !== undefined;
    if (isString && !isStringType(primitive)) {
      source.faults.add(structure, tlv, path, `${type} is ${tagName(tlv.tag)}, not a string`);
    } else if (tlv.tag === 0) {
      // X.690 8.1.5: tag 00 marks the end of contents of indefinite length. No type has it.
      source.faults.add(structure, tlv, path, `the value of ${type} has tag 00, which no type has`);
    } else {
      checkNested(source, tlv, path);
    }
    return undefined;
  }
  if (contentLength(tlv) > source.limits.value) {
    const message = `value of ${contentLength(tlv)} bytes; at most ${source.limits.value} are decoded`;
    source.faults.add("input/over-limit", tlv, path, message);
    return undefined;
  }
  return tlv.tag === primitive ? readString(source, tlv, path) : readSegments(source, tlv, path);
}

/**
 * Reads a string in constructed form, which DER forbids (X.690 10.2). Its text is that of its segments, joined.
 * Segments that are themselves constructed are not read.
 */
function readSegments(source: Source, tlv: Tlv, path: string): string | undefined {
  const primitive = tlv.tag & ~constructed;
  const identifier = { start: tlv.start, end: tlv.start + 1 };
  const message = `${tagName(primitive)} in constructed form; it must be primitive`;
  source.faults.add("der/constructed-string", identifier, path, message);
  const cursor = Cursor.inside(source, tlv, path);
  const parts: number[] = [];
  while (!cursor.atEnd) {
    const segment = cursor.read("");
    // X.690 8.14.3 requires segments with the tag of OCTET STRING; some encoders repeat the string's own tag.
    if (segment === undefined || (segment.tag !== Tag.octetString && segment.tag !== primitive)) return undefined;
    for (const byte of contents(source.bytes, segment)) parts.push(byte);
  }
  return decodeString(primitive, Uint8Array.from(parts));
}
