import { readDefaultFalse } from "../der/boolean.ts";
import { checkNested, Cursor, type Source } from "../der/cursor.ts";
import { Faults } from "../der/fault.ts";
import { readOid } from "../der/oid.ts";
import { contents, type Span, type Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import { isKnownExtension } from "./oids.ts";

/** One Extension of a CRL, of a CRL entry or of a certificate (RFC 5280 4.1). */
export interface Extension extends Span {
  /** ASN.1 path: `tbsCertList.crlExtensions[1]`. */
  readonly path: string;
  /** Dotted extnID; undefined where it could not be read. */
  readonly oid: string | undefined;
  readonly critical: boolean;
  /** The OCTET STRING extnValue; undefined where it is missing or not primitive. */
  readonly value: Tlv | undefined;
}

/** A SEQUENCE OF Extension. */
export interface Extensions extends Span {
  readonly list: readonly Extension[];
  /** Whether every Extension of the list could be framed: nothing is hidden behind a broken length. */
  readonly whole: boolean;
}

/** Reads an Extensions SEQUENCE whose frame stands. */
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
    source.faults.add("structure/extension", other, extensionPath, `${tagName(other.tag)} where an Extension stands`);
    list.push({
      start: other.start,
      end: other.end,
      path: extensionPath,
      oid: undefined,
      critical: false,
      value: undefined,
    });
  }
  return { start: tlv.start, end: tlv.end, list, whole: !cursor.broken && tlv.contentEnd !== source.truncatedAt };
}

function readExtension(source: Source, tlv: Tlv, path: string): Extension {
  const cursor = Cursor.inside(source, tlv, path);
  const id = cursor.take(Tag.oid, "extnID");
  if (id === undefined) {
    cursor.missing("structure/extension", `an Extension starts with its extnID, here stands ${nextName(cursor)}`);
  }
  const oid = id === undefined ? undefined : readOid(source, id, `${path}.extnID`);
  const flag = cursor.take(Tag.boolean, "critical");
  const critical = flag === undefined ? false : readDefaultFalse(source, flag, `${path}.critical`, "critical");
  const value = cursor.take(Tag.octetString, "extnValue");
  if (value === undefined) {
    cursor.missing("structure/extension", `Extension ${oid ?? ""} has no extnValue, here stands ${nextName(cursor)}`);
  }
  cursor.expectEnd();
  // A constructed OCTET STRING has been reported; its chunks are not put together.
  const readable = value?.tag === Tag.octetString ? value : undefined;
  return { start: tlv.start, end: tlv.end, path, oid, critical: critical ?? isSet(source, flag), value: readable };
}

/** What a BOOLEAN of other than one octet most likely means; that it is one is reported. */
function isSet({ bytes }: Source, flag: Tlv | undefined): boolean {
  return flag !== undefined && contents(bytes, flag).some((octet) => octet !== 0);
}

function nextName(cursor: Cursor): string {
  const tag = cursor.peek();
  return tag === -1 ? "nothing" : tagName(tag);
}

/**
 * The one value that an extnValue holds (RFC 5280 4.2): reads its TLV, which must have the given tag, and reports what
 * follows it.
 *
 * @param type what RFC 5280 calls the type, for the message
 * @returns undefined where the value is not of that type
 */
export function readExtensionValue(source: Source, extension: Extension, tag: number, type: string): Tlv | undefined {
  if (extension.value === undefined) return undefined;
  const path = `${extension.path}.extnValue`;
  const cursor = Cursor.inside(source, extension.value, path);
  const value = cursor.take(tag, "");
  if (value === undefined) {
    if (!cursor.broken) {
      cursor.missing("structure/extension", `${type} is ${tagName(tag)}, here stands ${nextName(cursor)}`);
    }
    return undefined;
  }
  if (!cursor.atEnd) reportTrailing(cursor, type);
  return value;
}

/**
 * Judges the framing of an extnValue whose type is not read: RFC 5280 4.2 has one DER value in it. In an extension that
 * crllint knows by name every fault is reported as what it is; in a private one all of them are one fault, since what
 * its owner meant to put there is not known.
 */
export function checkExtensionValue(source: Source, extension: Extension): void {
  const { oid, value } = extension;
  if (value === undefined || oid === undefined) return;
  const path = `${extension.path}.extnValue`;
  if (isKnownExtension(oid)) {
    checkOneValue(source, value, path);
    return;
  }
  const own: Source = { ...source, faults: new Faults(1) };
  checkOneValue(own, value, path);
  for (const { first } of own.faults.groups()) {
    const message = `extnValue of ${oid} is not one DER value: ${first[0]?.message ?? ""}`;
    source.faults.add("der/private-extension-not-der", first[0] ?? value, path, message);
    return;
  }
}

function checkOneValue(source: Source, extnValue: Tlv, path: string): void {
  const cursor = Cursor.inside(source, extnValue, path);
  const value = cursor.read("");
  if (value === undefined) {
    if (!cursor.broken) cursor.missing("structure/extension", "extnValue holds nothing");
    return;
  }
  checkNested(source, value, path);
  if (!cursor.atEnd) reportTrailing(cursor, "value");
}

function reportTrailing(cursor: Cursor, type: string): void {
  const rest = { start: cursor.position, end: cursor.end };
  const extra = rest.end - rest.start;
  const message = `${extra} ${extra === 1 ? "octet follows" : "octets follow"} the ${type} in its extnValue`;
  cursor.source.faults.add("der/extension-value-trailing-data", rest, cursor.path, message);
}
