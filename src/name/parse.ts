import { Cursor, checkNested, type Source } from "../der/cursor.ts";
import type { FaultCode } from "../der/fault.ts";
import { readOid } from "../der/oid.ts";
import { compareOctets, contentLength, contents, octets, type Span, type Tlv } from "../der/span.ts";
import { decodeString, isStringTag, readString } from "../der/strings.ts";
import { constructed, Tag, tagName } from "../der/tag.ts";
import { attributeTypeName } from "./attribute-types.ts";

/** A Name (X.501 9.2, RFC 5280 4.1.2.4) as it is encoded; its own span is the whole TLV. */
export interface Name extends Span {
  readonly rdns: readonly Rdn[];
  /** Set where part of it could not be read: a frame does not stand, or there are more attributes than are read. */
  readonly broken: boolean;
}

/** A RelativeDistinguishedName. `attributes` is empty for an empty SET and for what is no RDN at all. */
export interface Rdn extends Span {
  readonly attributes: readonly Attribute[];
}

/** An AttributeTypeAndValue. */
export interface Attribute extends Span {
  /** Dotted form of the attribute type; undefined where none can be read. */
  readonly oid: string | undefined;
  /** Short name of the attribute type (`CN`), its dotted form where it has none, or `?` where none can be read. */
  readonly type: string;
  /** Identifier octet of the value; -1 where there is no value. */
  readonly valueTag: number;
  /** Offset of the value's identifier octet. */
  readonly valueStart: number;
  /** The contents octets of the value. */
  readonly value: Span;
  /** Text of the value, not escaped for any output; undefined where it is no string or its octets spell none. */
  readonly text: string | undefined;
}

/**
 * Reads a Name, RFC 5280 4.1.2.4: a SEQUENCE of SETs of SEQUENCEs of type and value. What is wrong goes to the faults
 * of the source under paths like `tbsCertList.issuer.rdnSequence[0][1].value`; reading goes on behind it. An empty
 * RDN and a value that is no string are no faults of the encoding: they are left to the rules on names.
 *
 * @param tlv the SEQUENCE of RDNs
 * @param path ASN.1 path of the Name
 * @param structure the code under which departures from the ASN.1 definition are reported
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
      const message = `more than ${source.limits.attributes} RDNs and attributes in one Name; the rest is not read`;
      source.faults.add("input/over-limit", { start: at, end: cursor.end }, path, message);
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

interface RdnParts {
  readonly attributes: readonly Attribute[];
  readonly broken: boolean;
}

function readRdn(source: Source, set: Tlv, path: string, structure: FaultCode, most: number): RdnParts {
  if ((set.tag | constructed) !== Tag.set) {
    source.faults.add(structure, set, path, `${path} is ${tagName(set.tag)}; a RelativeDistinguishedName is a SET`);
    return { attributes: [], broken: true };
  }
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
    // X.690 11.6: the components of a SET OF stand in ascending order of their encodings.
    if (ordered && previous && compareOctets(octets(source.bytes, previous), octets(source.bytes, tlv)) > 0) {
      ordered = false;
      const message = `attribute ${attributes.length} of the RDN sorts before the one it follows`;
      source.faults.add("der/set-of-order", tlv, path, message);
    }
    previous = attribute;
  }
  return { attributes, broken: broken || cursor.broken || !cursor.atEnd };
}

function readAttribute(source: Source, tlv: Tlv, path: string, structure: FaultCode): Attribute {
  const { start, end } = tlv;
  const nothing = { start, end, valueTag: -1, valueStart: end, value: { start: end, end }, text: undefined };
  if ((tlv.tag | constructed) !== Tag.sequence) {
    const message = `${path} is ${tagName(tlv.tag)}; an AttributeTypeAndValue is a SEQUENCE`;
    source.faults.add(structure, tlv, path, message);
    return { ...nothing, oid: undefined, type: "?" };
  }
  const cursor = Cursor.inside(source, tlv, path);
  const typeTlv = cursor.take(Tag.oid, "type");
  // In a file that was cut off within the attribute, the cut is the fault.
  const isCut = cursor.end === source.truncatedAt;
  if (typeTlv === undefined && !isCut)
    source.faults.add(structure, tlv, path, `${path} does not start with an attribute type`);
  const oid = typeTlv && readOid(source, typeTlv, cursor.child("type"));
  const type = oid === undefined ? "?" : attributeTypeName(oid);
  const value = cursor.read("value");
  if (value === undefined) {
    if (!cursor.broken && !isCut) source.faults.add(structure, tlv, path, `${path} (${type}) has no value`);
    return { ...nothing, oid, type };
  }
  const text = readValue(source, value, cursor.child("value"));
  cursor.expectEnd();
  return {
    start,
    end,
    oid,
    type,
    valueTag: value.tag,
    valueStart: value.start,
    value: { start: value.content, end: value.contentEnd },
    text,
  };
}

function readValue(source: Source, tlv: Tlv, path: string): string | undefined {
  const primitive = tlv.tag & ~constructed;
  if (!isStringTag(primitive)) {
    checkNested(source, tlv, path);
    return undefined;
  }
  if (contentLength(tlv) > source.limits.value) {
    const message = `value of ${contentLength(tlv)} octets; at most ${source.limits.value} are decoded`;
    source.faults.add("input/over-limit", tlv, path, message);
    return undefined;
  }
  return tlv.tag === primitive ? readString(source, tlv, path) : readSegments(source, tlv, path);
}

/**
 * Reads a string in constructed form, which DER forbids (X.690 10.2): its text is that of its segments put together.
 * Segments that are constructed again are not followed.
 */
function readSegments(source: Source, tlv: Tlv, path: string): string | undefined {
  const primitive = tlv.tag & ~constructed;
  const identifier = { start: tlv.start, end: tlv.start + 1 };
  const message = `${tagName(primitive)} in constructed form; DER wants it primitive`;
  source.faults.add("der/constructed-string", identifier, path, message);
  const cursor = Cursor.inside(source, tlv, path);
  const parts: number[] = [];
  while (!cursor.atEnd) {
    const segment = cursor.read("");
    // X.690 8.14.3 has segments tagged as OCTET STRING; encoders in the field repeat the string's own tag.
    if (segment === undefined || (segment.tag !== Tag.octetString && segment.tag !== primitive)) return undefined;
    for (const octet of contents(source.bytes, segment)) parts.push(octet);
  }
  return decodeString(primitive, Uint8Array.from(parts));
}
