import { Cursor, type Source } from "../der/cursor.ts";
import { readDefaultFalse } from "../der/boolean.ts";
import { readOid } from "../der/oid.ts";
import type { Span, Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";

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

/** Most extensions that are read of one list; what is beyond is reported as over the limit. */
export const maximumExtensions = 100_000;

/** Reads an Extensions SEQUENCE whose frame stands. */
export function readExtensions(source: Source, tlv: Tlv, path: string): Extensions {
  const cursor = Cursor.inside(source, tlv, path);
  const list: Extension[] = [];
  while (!cursor.atEnd) {
    const extensionPath = `${path}[${list.length}]`;
    if (list.length >= maximumExtensions) {
      source.faults.add(
        "input/over-limit",
        { start: cursor.position, end: cursor.end },
        extensionPath,
        `more than ${maximumExtensions} extensions`,
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
  return { start: tlv.start, end: tlv.end, path, oid, critical: critical ?? true, value: readable };
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
  if (!cursor.atEnd) {
    const extra = cursor.end - cursor.position;
    source.faults.add(
      "der/extension-value-trailing-data",
      { start: cursor.position, end: cursor.end },
      path,
      `${extra} ${extra === 1 ? "octet follows" : "octets follow"} the ${type} in its extnValue`,
    );
  }
  return value;
}
