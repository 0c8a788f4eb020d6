import { readDefaultFalse } from "../der/boolean.ts";
import { Cursor, newSource, readTlv, type Source } from "../der/cursor.ts";
import { Faults } from "../der/fault.ts";
import { checkNested } from "../der/nested.ts";
import { readOid } from "../der/oid.ts";
import { contents, hex, type Span, type Tlv } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag, tagName } from "../der/tag.ts";
import { escapeText } from "../name/escape.ts";

/** One Extension of a CRL, of a CRL entry or of a certificate (RFC 5280 4.1). */
export interface Extension extends Span {
  /** ASN.1 path: `tbsCertList.crlExtensions[1]`. */
  readonly path: string;
  /** Dotted extnID; undefined if it could not be read. */
  readonly oid: string | undefined;
  readonly critical: boolean;
  /** The OCTET STRING extnValue; undefined if it is missing or not primitive. */
  readonly value: Tlv | undefined;
  /** Whether it ends before its extnValue: `critical` may have been cut off as well. */
  readonly isCut: boolean;
}

/** A SEQUENCE OF Extension. */
export interface Extensions extends Span {
  readonly list: readonly Extension[];
  /** Whether every Extension in the list has a valid frame and a readable extnID, so none can be hidden. */
  readonly whole: boolean;
}

/** Reads a SEQUENCE OF Extension. */
export function readExtensions(source: Source, tlv: Tlv, path: string): Extensions {
  const cursor = Cursor.inside(source, tlv, path);
  const list: Extension[] = [];
  while (!cursor.atEnd) {
    const extensionPath = `${path}[${list.length}]`;
    if (list.length >= source.limits.extensions) {
      source.faults.add(
        "input/over-limit",
        { start: cursor.position, end: cursor.end },
        extensionPath,
        `more than ${source.limits.extensions} extensions`,
      );
      cursor.broken = true;
      break;
    }
    const item = cursor.take(Tag.sequence, `[${list.length}]`);
    if (item !== undefined) {
      list.push(readExtension(source, item, extensionPath));
      continue;
    }
    if (cursor.broken || cursor.atEnd) break;
    const other = cursor.read(`[${list.length}]`);
    if (other === undefined) break;
    source.faults.add(
      "structure/extension",
      other,
      extensionPath,
      `found ${tagName(other.tag)}; an Extension must be a SEQUENCE`,
    );
    list.push({
      start: other.start,
      end: other.end,
      path: extensionPath,
      oid: undefined,
      critical: false,
      value: undefined,
      isCut: false,
    });
  }
  const isCut = cursor.broken || tlv.contentEnd === source.truncatedAt;
  return { start: tlv.start, end: tlv.end, list, whole: !isCut && list.every(({ oid }) => oid !== undefined) };
}

function readExtension(source: Source, tlv: Tlv, path: string): Extension {
  const cursor = Cursor.inside(source, tlv, path);
  const id = cursor.take(Tag.oid, "extnID");
  if (id === undefined) {
    cursor.missing("structure/extension", `an Extension must start with its extnID${cursor.found(", not empty")}`);
  }
  const oid = id === undefined ? undefined : readOid(source, id, `${path}.extnID`);
  const flag = cursor.take(Tag.boolean, "critical");
  const critical = flag === undefined ? false : readDefaultFalse(source, flag, `${path}.critical`, "critical");
  const value = cursor.take(Tag.octetString, "extnValue");
  if (value === undefined && id !== undefined) {
    cursor.missing("structure/extension", `Extension ${oid ?? "?"} has no extnValue${cursor.found()}`);
  }
  const isCut = value === undefined && cursor.atEnd;
  // Bytes after a missing field are that field in another form, which was reported.
  if (value !== undefined) cursor.expectEnd();
  // A constructed OCTET STRING has been reported; its segments are not joined.
  const readable = value?.tag === Tag.octetString ? value : undefined;
  return {
    start: tlv.start,
    end: tlv.end,
    path,
    oid,
    critical: critical ?? isSet(source, flag),
    value: readable,
    isCut,
  };
}

/** Returns the likely value of a BOOLEAN. If it does not have one byte, its length was reported. */
function isSet({ bytes }: Source, flag: Tlv | undefined): boolean {
  return flag !== undefined && contents(bytes, flag).some((byte) => byte !== 0);
}

/**
 * Reads the one value in an extnValue (RFC 5280 4.2), which must have the given tag, and reports bytes after it.
 *
 * @param type the name of the type in RFC 5280, for the message
 * @returns undefined if the value is not of that type
 */
export function readExtensionValue(source: Source, extension: Extension, tag: number, type: string): Tlv | undefined {
  if (extension.value === undefined) return undefined;
  const path = `${extension.path}.extnValue`;
  const cursor = Cursor.inside(source, extension.value, path);
  const isText = describeText(contents(source.bytes, extension.value)) !== undefined;
  const value = isText ? undefined : cursor.take(tag, "");
  if (value === undefined) {
    if (!cursor.broken) {
      cursor.missing(
        "structure/extension",
        `${type} must be ${withArticle(tagName(tag))}, found ${describeValue(source, extension.value)}`,
      );
    }
    return undefined;
  }
  if (!cursor.atEnd) reportTrailing(cursor, type);
  return value;
}

/**
 * Reads the one value in an extnValue whose type crllint does not know, and reports errors of DER in it.
 *
 * @param extnValue the OCTET STRING
 * @param what the name of the OCTET STRING, for messages
 */
export function checkOneValue(source: Source, extnValue: Tlv, path: string, what = "extnValue"): void {
  const cursor = Cursor.inside(source, extnValue, path);
  const text = describeText(contents(source.bytes, extnValue));
  if (text !== undefined && !isOneFrame(source, extnValue)) {
    cursor.missing("structure/extension", `${what} must contain DER, found ${text}`);
    return;
  }
  const value = cursor.read("");
  if (value === undefined) {
    if (!cursor.broken) cursor.missing("structure/extension", `${what} is empty`);
    return;
  }
  checkNested(source, value, path);
  if (!cursor.atEnd) reportTrailing(cursor, "value");
}

function reportTrailing(cursor: Cursor, type: string): void {
  const rest = { start: cursor.position, end: cursor.end };
  const extra = rest.end - rest.start;
  const message = `${extra} ${extra === 1 ? "byte follows" : "bytes follow"} the ${type} in its extnValue`;
  cursor.source.faults.add("der/extension-value-trailing-data", rest, cursor.path, message);
}

function withArticle(type: string): string {
  return `${/^[AEIO]/u.test(type) ? "an" : "a"} ${type}`;
}

/** Describes, for a message, the value in an extnValue that is not of the required type: its type and bytes. */
export function describeValue(source: Source, extnValue: Tlv): string {
  const value = contents(source.bytes, extnValue);
  if (value.length === 0) return "nothing";
  const text = describeText(value);
  if (text !== undefined) return text;
  const tag = Cursor.inside(source, extnValue, "").peek();
  const name = isOneFrame(source, extnValue) ? tagName(tag) : "bytes that are not one DER value";
  return `${name}: ${showBytes(value)}`;
}

/** Whether an extnValue is exactly one TLV. */
function isOneFrame(source: Source, { content, contentEnd }: Tlv): boolean {
  return readTlv({ ...source, faults: new Faults(0) }, content, contentEnd, "")?.end === contentEnd;
}

/** Maximum number of bytes and characters of an extnValue that a message shows. */
const maximumShown = 16;

function showBytes(value: Uint8Array): string {
  return `${hex(value.subarray(0, maximumShown), " ")}${value.length > maximumShown ? " ..." : ""}`;
}

/**
 * Describes bytes that are ASCII text. No extension that crllint knows has a DER value that is only printable ASCII:
 * its primitive types have identifier octets below 20 or above 7f.
 *
 * @returns undefined for bytes that are not text
 */
function describeText(value: Uint8Array): string | undefined {
  if (value.length === 0) return undefined;
  for (const byte of value) if (!isTextByte(byte)) return undefined;
  const text = latin1(value);
  const shown = `${escapeText(text.slice(0, 2 * maximumShown))}${text.length > 2 * maximumShown ? "..." : ""}`;
  const bytes = `${value.length} ASCII ${value.length === 1 ? "byte" : "bytes"} ${showBytes(value)}`;
  return `the text "${shown}" (${bytes})${isHexOfDer(text) ? ", which is DER in hexadecimal" : ""}`;
}

/** Whether a byte is printable ASCII, a tab or part of a line break. */
function isTextByte(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Whether text is the hexadecimal form of one TLV. */
function isHexOfDer(text: string): boolean {
  const digits = text.replaceAll(/[\s:]|^0x/gu, "");
  if (!/^(?:[0-9a-f]{2}){2,}$/iu.test(digits)) return false;
  const bytes = Uint8Array.from(digits.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
  return readTlv(newSource(bytes, { keep: 0 }), 0, bytes.length, "")?.end === bytes.length;
}
