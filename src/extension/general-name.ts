import { checkNested, Cursor, type Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { readString } from "../der/strings.ts";
import { Tag, tagName } from "../der/tag.ts";

/** The alternatives of the CHOICE GeneralName (RFC 5280 4.2.1.6), by their tag number. */
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

/** A GeneralName: which alternative, where it stands, and its text where it is an IA5String. */
export interface GeneralName extends Tlv {
  readonly kind: GeneralNameKind;
  /** ASN.1 path of this name. */
  readonly path: string;
  /** Text of an rfc822Name, dNSName or uniformResourceIdentifier, not escaped for any output. */
  readonly text: string | undefined;
}

/** Reads the names inside a GeneralNames, whatever tag stands around it. */
export function readGeneralNames(source: Source, tlv: Tlv, path: string): readonly GeneralName[] {
  const cursor = Cursor.inside(source, tlv, path);
  const names: GeneralName[] = [];
  while (!cursor.atEnd) {
    const index = `[${names.length}]`;
    if (names.length >= source.limits.names) {
      const rest = { start: cursor.position, end: cursor.end };
      source.faults.add("input/over-limit", rest, path, `more than ${source.limits.names} general names`);
      break;
    }
    const name = cursor.read(index);
    if (name === undefined) break;
    const read = readGeneralName(source, name, `${path}${index}`);
    if (read === undefined) break;
    names.push(read);
  }
  return names;
}

/**
 * Reads a GeneralName. Of a constructed one only the framing is judged.
 *
 * @returns undefined where the tag is none of its alternatives
 */
export function readGeneralName(source: Source, tlv: Tlv, path: string): GeneralName | undefined {
  const kind = generalNameKinds[tlv.tag & 0x1f];
  if ((tlv.tag & 0xc0) !== 0x80 || kind === undefined) {
    source.faults.add("structure/extension", tlv, path, `${tagName(tlv.tag)} where a GeneralName [0] to [8] stands`);
    return undefined;
  }
  const isConstructed = (tlv.tag & 0x20) !== 0;
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
  if (isConstructed) checkNested(source, tlv, path);
  const isText = kind === "rfc822Name" || kind === "dNSName" || kind === "uniformResourceIdentifier";
  return nameAt(tlv, kind, path, isText ? readString(source, tlv, path, Tag.ia5String) : undefined);
}

/** Field by field: a CRL may hold a million of them, and a spread takes many times as long. */
function nameAt(
  { tag, start, content, contentEnd, end }: Tlv,
  kind: GeneralNameKind,
  path: string,
  text: string | undefined,
): GeneralName {
  return { tag, start, content, contentEnd, end, kind, path, text };
}
