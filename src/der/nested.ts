import { readBitString } from "./bit-string.ts";
import { readBoolean } from "./boolean.ts";
import { readTlv, type Source } from "./cursor.ts";
import { checkInteger } from "./integer.ts";
import { readOid } from "./oid.ts";
import type { Tlv } from "./span.ts";
import { isStringTag, readString } from "./strings.ts";
import { constructed, neverConstructed, Tag, tagName } from "./tag.ts";
import { isTimeTag, readTime } from "./time.ts";

/**
 * Checks a value whose definition is not known (in an unknown extension, in algorithm parameters) and everything nested
 * in it. Each TLV must have a valid frame, and each value of a universal type must be DER of that type. It is
 * iterative, and bounded by the limit on depth.
 *
 * @returns whether every TLV has a valid frame
 */
export function checkNested(source: Source, outer: Tlv, path: string): boolean {
  checkUniversal(source, outer, path);
  if (!(outer.tag & constructed)) return true;
  const open: Tlv[] = [outer];
  let position = outer.content;
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (position >= top.contentEnd) {
      position = top.end;
      open.pop();
      continue;
    }
    const tlv = readTlv(source, position, top.contentEnd, path);
    if (tlv === undefined) return false;
    checkUniversal(source, tlv, path);
    if (!(tlv.tag & constructed)) {
      position = tlv.end;
    } else if (open.length >= source.limits.depth) {
      source.faults.add("input/over-limit", tlv, path, `nested deeper than ${source.limits.depth} levels`);
      return false;
    } else {
      open.push(tlv);
      position = tlv.content;
    }
  }
  return true;
}

/** Checks the form of a value whose universal tag determines its type and, if it is primitive, its contents octets. */
function checkUniversal(source: Source, tlv: Tlv, path: string): void {
  const { tag } = tlv;
  const primitive = tag & ~constructed;
  if (primitive === 0) {
    // X.690 8.1.5: tag 00 marks the end of contents of indefinite length. No type has it.
    const message = `an element has tag ${tag === 0 ? "00" : "20"}, which no type has`;
    source.faults.add("der/unexpected-element", tlv, path, message);
  } else if (tag & constructed) {
    const isString = isStringTag(primitive) || primitive === Tag.bitString || primitive === Tag.octetString;
    if (!isString && !neverConstructed.has(primitive)) return;
    const code = isString ? "der/constructed-string" : "der/sequence-set-must-be-constructed";
    const message = `${tagName(primitive)} in constructed form; it must be primitive`;
    source.faults.add(code, { start: tlv.start, end: tlv.start + 1 }, path, message);
  } else if (tag === (Tag.sequence & ~constructed) || tag === (Tag.set & ~constructed)) {
    const message = `${tagName(tag | constructed)} in primitive form; it must be constructed`;
    source.faults.add("der/sequence-set-must-be-constructed", { start: tlv.start, end: tlv.start + 1 }, path, message);
  } else if (tag === Tag.boolean) readBoolean(source, tlv, path);
  else if (tag === Tag.integer || tag === Tag.enumerated) checkInteger(source, tlv, path);
  else if (tag === Tag.bitString) readBitString(source, tlv, path);
  else if (tag === Tag.oid) readOid(source, tlv, path);
  else if (tag === Tag.null) checkNull(source, tlv, path);
  else if (isStringTag(tag)) readString(source, tlv, path);
  // DER allows fractions of a second (X.690 11.7.3); only RFC 5280 forbids them, for its own fields.
  else if (isTimeTag(tag)) readTime(source, tlv, path, true);
}

/** Reports a NULL that is not empty (X.690 8.8.2). */
function checkNull(source: Source, tlv: Tlv, path: string): void {
  if (tlv.content === tlv.contentEnd) return;
  source.faults.add("der/null-not-empty", tlv, path, "NULL has contents octets; it must have none");
}
