import { Cursor, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import { contentLength, type Span, type Tlv } from "../der/span.ts";
import { readString } from "../der/strings.ts";
import { constructed, context, Tag, tagName } from "../der/tag.ts";
import { findAttributeProblem } from "../name/attribute-problem.ts";
import { valueSpan } from "../name/attributes.ts";
import { contentsOf, isCommonName } from "../name/common-name.ts";
import { type Rdn, readName, readRelativeName } from "../name/parse.ts";
import { describeValue, type Extension, readExtensionValue } from "./extension.ts";
import { checkEdiPartyName, checkOtherName, checkX400Address } from "./name-fields.ts";

/** The alternatives of the CHOICE GeneralName (RFC 5280 4.2.1.6), in the order of their tag numbers. */
export const generalNameKinds = [
  "otherName",
  "rfc822Name",
  "dNSName",
  "x400Address",
  "directoryName",
  "ediPartyName",
  "uniformResourceIdentifier",
  "iPAddress",
  "registeredID",
] as const;

/** One of the alternatives of GeneralName. */
export type GeneralNameKind = (typeof generalNameKinds)[number];

/** A GeneralName: its alternative, its place, and its text if it is an IA5String. */
export interface GeneralName extends Tlv {
  readonly kind: GeneralNameKind;
  /** ASN.1 path of this name. */
  readonly path: string;
  /** Text of an rfc822Name, dNSName or uniformResourceIdentifier, not escaped for any output. */
  readonly text: string | undefined;
}

/**
 * Reads the names in a GeneralNames with any tag. A name that is not one of the alternatives is reported and omitted
 * from the list, and reading continues after it.
 *
 * @param isChecked whether the contents of the names are checked for errors; false if they were checked before
 */
export function readGeneralNames(source: Source, tlv: Tlv, path: string, isChecked = true): readonly GeneralName[] {
  const cursor = Cursor.inside(source, tlv, path);
  const names: GeneralName[] = [];
  for (let index = 0; !cursor.atEnd; index += 1) {
    if (index >= source.limits.names) {
      const rest = { start: cursor.position, end: cursor.end };
      source.faults.add("input/over-limit", rest, path, `more than ${source.limits.names} general names`);
      break;
    }
    const name = cursor.read(`[${index}]`);
    const read = name && readGeneralName(source, name, `${path}[${index}]`, isChecked);
    if (read !== undefined) names.push(read);
  }
  return names;
}

/**
 * Reads a GeneralNames if no rule reports an empty one of this field: it must have at least one name (RFC 5280
 * 4.2.1.6).
 *
 * @param what the name of the field
 */
export function readFilledNames(source: Source, tlv: Tlv, path: string, what: string): readonly GeneralName[] {
  if (contentLength(tlv) === 0) {
    source.faults.add("structure/extension", tlv, path, `${what} is empty; it must have at least 1 name`);
  }
  return readGeneralNames(source, tlv, path);
}

/** The value of an extension that is a GeneralNames, and the names in it. */
export interface GeneralNames extends Tlv {
  readonly names: readonly GeneralName[];
}

/**
 * Reads an extnValue that is a GeneralNames: issuerAltName, certificateIssuer.
 *
 * @param type the name of the type in RFC 5280, for messages
 * @returns undefined if the value is not a SEQUENCE
 */
export function readGeneralNamesValue(source: Source, extension: Extension, type: string): GeneralNames | undefined {
  const tlv = readExtensionValue(source, extension, Tag.sequence, type);
  return tlv && { names: readGeneralNames(source, tlv, `${extension.path}.extnValue`), ...tlv };
}

/**
 * Reads a GeneralName, and checks everything in it: the Name of a directoryName, the fields of an otherName,
 * x400Address or ediPartyName, and the characters of text. It also checks the object identifier of a registeredID, and
 * the length of an iPAddress.
 *
 * @param isChecked as for `readGeneralNames`
 * @returns undefined if the tag is not that of one of its alternatives
 */
export function readGeneralName(source: Source, tlv: Tlv, path: string, isChecked = true): GeneralName | undefined {
  const kind = generalNameKinds[tlv.tag & 0x1f];
  if ((tlv.tag & 0xc0) !== 0x80 || kind === undefined) {
    const message = `found ${tagName(tlv.tag)}; a GeneralName must have a tag from [0] to [8]`;
    source.faults.add("structure/extension", tlv, path, message);
    return undefined;
  }
  const isConstructed = (tlv.tag & constructed) !== 0;
  // directoryName [4] is EXPLICIT, because Name is a CHOICE; otherName, x400Address and ediPartyName are SEQUENCEs.
  const mustBeConstructed =
    kind === "otherName" || kind === "x400Address" || kind === "directoryName" || kind === "ediPartyName";
  if (isConstructed !== mustBeConstructed) {
    source.faults.add(
      mustBeConstructed ? "der/sequence-set-must-be-constructed" : "der/constructed-string",
      { start: tlv.start, end: tlv.start + 1 },
      path,
      `${kind} in ${isConstructed ? "constructed" : "primitive"} form`,
    );
    return nameAt(tlv, kind, path, undefined);
  }
  if (contentLength(tlv) === 0 && kind !== "iPAddress") {
    source.faults.add("general-name/empty", tlv, path, `${kind} is empty`);
    return nameAt(tlv, kind, path, isText(kind) ? "" : undefined);
  }
  if (isText(kind)) return nameAt(tlv, kind, path, readString(source, tlv, path, Tag.ia5String));
  if (isChecked) checkName[kind](source, tlv, path);
  return nameAt(tlv, kind, path, undefined);
}

type TextKind = "rfc822Name" | "dNSName" | "uniformResourceIdentifier";

function isText(kind: GeneralNameKind): kind is TextKind {
  return kind === "rfc822Name" || kind === "dNSName" || kind === "uniformResourceIdentifier";
}

/** Checks of the contents of the alternatives that are not text. */
const checkName: Readonly<
  Record<Exclude<GeneralNameKind, TextKind>, (source: Source, tlv: Tlv, path: string) => void>
> = {
  otherName: checkOtherName,
  x400Address: checkX400Address,
  directoryName: checkDirectoryName,
  ediPartyName: checkEdiPartyName,
  iPAddress(source, tlv, path) {
    const length = contentLength(tlv);
    if (length === 4 || length === 16) return;
    const message = `iPAddress has ${length} ${length === 1 ? "byte" : "bytes"}; an address must have 4 or 16`;
    source.faults.add("general-name/ip-address-length", tlv, path, message);
  },
  registeredID(source, tlv, path) {
    readOid(source, tlv, path);
  },
};

/**
 * Whether the value of a certificateIssuer is one directoryName without errors, of the shape that nearly all have. This
 * is sufficient to know when a million of them are read.
 */
export function isCommonCertificateIssuer(bytes: Uint8Array, { content, contentEnd }: Tlv): boolean {
  const names = contentsOf(bytes, content, contentEnd, Tag.sequence);
  const name = names < 0 ? -1 : contentsOf(bytes, names, contentEnd, directoryNameTag);
  return name >= 0 && isCommonName(bytes, name, contentEnd);
}

const directoryNameTag = context(4, true);

/** Checks the Name in an EXPLICIT tag. */
function checkDirectoryName(source: Source, tlv: Tlv, path: string): void {
  if (isCommonName(source.bytes, tlv.content, tlv.contentEnd)) return;
  const cursor = Cursor.inside(source, tlv, path);
  const sequence = cursor.take(Tag.sequence, "");
  if (sequence === undefined) {
    if (cursor.broken) return;
    cursor.missing("structure/extension", `directoryName must contain a SEQUENCE, found ${describeValue(source, tlv)}`);
    return;
  }
  const name = readName(source, sequence, path, "structure/extension");
  if (name.rdns.length === 0 && !name.broken && sequence.tag === Tag.sequence) {
    source.faults.add("general-name/empty", tlv, path, "directoryName is empty");
  }
  for (const [i, rdn] of name.rdns.entries()) {
    const rdnPath = `${path}.rdnSequence[${i}]`;
    // An empty SET of any other form was reported when it was read.
    const isEmpty = source.bytes[rdn.start] === Tag.set && source.bytes[rdn.start + 1] === 0;
    if (isEmpty) reportEmptyRdn(source, rdn, rdnPath, "RDN");
    checkAttributes(source, rdn, rdnPath);
  }
  cursor.expectEnd();
}

/** Checks a nameRelativeToCRLIssuer: an RDN with an IMPLICIT tag. */
export function checkRelativeName(source: Source, tlv: Tlv, path: string): void {
  const rdn = readRelativeName(source, tlv, path, "structure/extension");
  if (contentLength(tlv) === 0) reportEmptyRdn(source, tlv, path, "nameRelativeToCRLIssuer");
  checkAttributes(source, rdn, path);
}

function checkAttributes(source: Source, { attributes }: Rdn, path: string): void {
  for (const [i, attribute] of attributes.entries()) {
    const problem = findAttributeProblem(attribute);
    if (problem === undefined) continue;
    source.faults.add("general-name/directory-name-attribute", valueSpan(attribute), `${path}[${i}].value`, problem);
  }
}

/**
 * Reports an empty RDN: RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue (RFC 5280 4.1.2.4).
 */
function reportEmptyRdn(source: Source, span: Span, path: string, what: string): void {
  source.faults.add("structure/extension", span, path, `${what} is empty; it must have at least 1 attribute`);
}

/** Copies the fields one by one: a CRL may have a million names, and a spread takes many times as long. */
function nameAt(
  { tag, start, content, contentEnd, end }: Tlv,
  kind: GeneralNameKind,
  path: string,
  text: string | undefined,
): GeneralName {
  return { tag, start, content, contentEnd, end, kind, path, text };
}
