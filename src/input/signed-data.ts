import { constructed, Tag } from "../der/tag.ts";
import { findBoundary } from "../pem/boundary.ts";
import { identifyDer } from "./identify.ts";
import type { Kind } from "./kinds.ts";
import { isObjectLabel } from "./labels.ts";
import { elementAt, elementsOf, type Shape } from "./shape.ts";

/** An element inside a container, and the kind that its position states. */
export interface Contained {
  readonly element: Shape & { readonly start: number };
  readonly kind: "certificate" | "crl" | "other";
}

/** Contents of id-signedData, 1.2.840.113549.1.7.2 (RFC 5652 5.1). */
const signedData = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/** Contents of id-data, 1.2.840.113549.1.7.1 (RFC 5652 4). */
const data = [...signedData.slice(0, -1), 0x01];
/** Contents of id-icao-cscaMasterList, 2.23.136.1.1.2 (ICAO Doc 9303-12). */
const masterList = [0x67, 0x81, 0x08, 0x01, 0x01, 0x02];

const context0 = 0xa0;
const context1 = 0xa1;

/**
 * Returns the certificates and CRLs in a PKCS#7 or CMS message of type SignedData (RFC 2315 9.1, RFC 5652 5.1), in DER
 * or BER: those in its fields, those in its signed content, and those in an ICAO master list. Elements that have no
 * place in the message are returned as "other". Time grows with the size of the message.
 *
 * @returns nothing for any other message
 */
export function* readSignedData(bytes: Uint8Array): Iterable<Contained> {
  const root = elementAt(bytes, 0, bytes.length);
  const [type, explicit, ...more] = root === undefined ? [] : [...placed(bytes, root)];
  if (type === undefined || explicit?.tag !== context0 || !holds(bytes, type, signedData)) return;
  const [content, ...after] = placed(bytes, explicit);
  if (content?.tag !== Tag.sequence) return;
  // SignedData: version, digestAlgorithms, encapContentInfo, certificates [0], crls [1], signerInfos.
  const expected = new Map<number, number>([
    [Tag.integer, 1],
    [Tag.set, 2],
    [Tag.sequence, 1],
  ]);
  for (const element of placed(bytes, content)) {
    const { tag } = element;
    const left = expected.get(tag) ?? 0;
    expected.set(tag, left - 1);
    if (tag === context0) yield* list(bytes, element, "certificate");
    else if (tag === context1) yield* list(bytes, element, "crl");
    else if (left <= 0) yield { element, kind: "other" };
    else if (tag === Tag.sequence) yield* readContent(bytes, element);
  }
  for (const element of [...after, ...more]) yield { element, kind: "other" };
}

/**
 * Returns the elements of CertificateChoices and RevocationInfoChoice (RFC 5652 10.2.1, 10.2.2). A SEQUENCE is of the
 * kind that the field is named after. Choices with a tag are, for example, attribute certificates or OCSP responses,
 * and are skipped unless they contain a CRL.
 */
function* list(bytes: Uint8Array, parent: Shape, kind: "certificate" | "crl"): Iterable<Contained> {
  for (const element of placed(bytes, parent)) {
    if (element.tag === Tag.sequence) yield { element, kind };
    else if ((element.tag & 0xc0) !== 0x80) yield { element, kind: "other" };
    else if (kind === "crl") {
      // OtherRevocationInfoFormat ::= SEQUENCE { otherRevInfoFormat, otherRevInfo }
      for (const each of placed(bytes, element)) if (kindOf(bytes, each) === "crl") yield { element: each, kind };
    }
  }
}

/** Kinds of signed content that are returned. Other content, such as text or a time stamp, is not for a linter. */
const ofContent: ReadonlySet<Kind> = new Set(["crl", "certificate", "pkcs7"]);

/** Reads EncapsulatedContentInfo (RFC 5652 5.2), or the ContentInfo of PKCS#7, whose content may be of any type. */
function* readContent(bytes: Uint8Array, encapsulated: Shape): Iterable<Contained> {
  const [type, explicit, ...more] = placed(bytes, encapsulated);
  for (const element of more) yield { element, kind: "other" };
  if (type === undefined || explicit?.tag !== context0) return;
  if (holds(bytes, type, masterList)) {
    yield* readMasterList(bytes, encapsulated);
    return;
  }
  for (const outer of placed(bytes, explicit)) {
    // In BER the OCTET STRING may be segmented (X.690 8.7.3). A CRL in several segments is returned as "other".
    const isSegmented = bytes[outer.start] === (Tag.octetString | constructed);
    const [first, second] = isSegmented ? firstElements(bytes, outer, 2) : [outer];
    if (first === undefined) continue;
    const isWrapped = first.tag === Tag.octetString;
    const start = isWrapped ? first.content : outer.start;
    const value = bytes.subarray(start, first.end);
    const found = identifyDer(value);
    const isWanted = ofContent.has(found) || (found === "tbs" && holds(bytes, type, data));
    if (!isWanted && !isObjectLabel(findBoundary(value, 0)?.label ?? "")) continue;
    if (!isWanted || second !== undefined) yield { element: outer, kind: "other" };
    else yield { element: { ...first, start }, kind: "other" };
  }
}

/** Reads CscaMasterList ::= SEQUENCE { version INTEGER, certList SET OF Certificate }, in an OCTET STRING. */
function* readMasterList(bytes: Uint8Array, encapsulated: Shape): Iterable<Contained> {
  const [type, explicit] = firstElements(bytes, encapsulated, 2);
  if (type === undefined || explicit?.tag !== context0 || !holds(bytes, type, masterList)) return;
  for (const outer of placed(bytes, explicit)) {
    // In BER the OCTET STRING may be segmented (X.690 8.7.3). A list in several segments is returned as "other", not
    // joined.
    const pieces = outer.tag === (Tag.octetString | constructed) ? firstElements(bytes, outer, 2) : [outer];
    const [value] = pieces.length === 1 && pieces[0] !== undefined ? firstElements(bytes, pieces[0], 1) : [];
    const [, certificates] = value?.tag === Tag.sequence ? firstElements(bytes, value, 2) : [];
    if (certificates?.tag === Tag.set) yield* list(bytes, certificates, "certificate");
    else yield { element: outer, kind: "other" };
  }
}

/** Whether a message ends before the end that its lengths state. */
export function isCutOff(bytes: Uint8Array): boolean {
  return elementAt(bytes, 0, bytes.length)?.isCut !== false;
}

/**
 * Returns the certificates of CertificatePair ::= SEQUENCE { forward [0] Certificate, reverse [1] Certificate } (RFC
 * 4523).
 */
export function* readCertificatePair(bytes: Uint8Array): Iterable<Contained> {
  const root = elementAt(bytes, 0, bytes.length);
  if (root?.tag !== Tag.sequence) return;
  for (const side of elementsOf(bytes, root)) {
    if (side.tag !== context0 && side.tag !== context1) return;
    yield* list(bytes, side, "certificate");
  }
}

/** Returns all elements inside an element with their positions. Bytes after the last one are an element of tag 0. */
function* placed(bytes: Uint8Array, parent: Shape): Iterable<Contained["element"]> {
  let start = parent.content;
  for (const element of elementsOf(bytes, parent)) {
    yield { ...element, start };
    start = element.end;
  }
  // An element of indefinite length ends with two zero bytes (X.690 8.1.5).
  const { end } = parent;
  const isEnd = end - start === 2 && bytes[start] === 0 && bytes[start + 1] === 0;
  if (start < end && !isEnd) yield { tag: 0, content: start, end, isCut: false, start };
}

function kindOf(bytes: Uint8Array, { start, end }: Contained["element"]): Kind {
  return identifyDer(bytes.subarray(start, end));
}

function firstElements(bytes: Uint8Array, parent: Shape, count: number): readonly Shape[] {
  const elements: Shape[] = [];
  for (const element of elementsOf(bytes, parent)) {
    elements.push(element);
    if (elements.length === count) break;
  }
  return elements;
}

function holds(bytes: Uint8Array, { tag, content, end }: Shape, value: readonly number[]): boolean {
  return tag === Tag.oid && end - content === value.length && value.every((byte, i) => bytes[content + i] === byte);
}
