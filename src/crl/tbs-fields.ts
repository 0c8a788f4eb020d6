import { Cursor, type Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { constructed, context, Tag, tagName } from "../der/tag.ts";
import { isTimeTag } from "../der/time.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import type { CrlField } from "./crl.ts";

/** The fields of TBSCertList in their order (RFC 5280 5.1). */
export const tbsFields = [
  "version",
  "signature",
  "issuer",
  "thisUpdate",
  "nextUpdate",
  "revokedCertificates",
  "crlExtensions",
] as const;

type TbsField = (typeof tbsFields)[number];

const required: readonly TbsField[] = ["signature", "issuer", "thisUpdate"];

/** The TLVs of the fields of a TBSCertList, before any of them is read. */
export interface TbsFields {
  readonly tlvs: ReadonlyMap<TbsField, Tlv>;
  readonly unread: Map<CrlField, string>;
}

/**
 * Finds the fields of a TBSCertList by their order and their shape. Continues after a field that is missing, out of
 * order or of a wrong type, so one error does not hide the next.
 */
export function findTbsFields(source: Source, tbs: Tlv, path: string): TbsFields {
  const cursor = Cursor.inside(source, tbs, path);
  const tlvs = new Map<TbsField, Tlv>();
  const unread = new Map<CrlField, string>();
  const isTruncated = source.truncatedAt === tbs.end;
  const truncated = "the file is truncated";
  let next = 0;
  while (!cursor.atEnd) {
    const start = cursor.position;
    const shape = shapeAt(source, start, tbs.contentEnd).filter((field) => !tlvs.has(field) && !unread.has(field));
    const field = choose(shape, next, shapesAfter(source, start, tbs.contentEnd));
    const tlv = cursor.read(field ?? "");
    if (tlv === undefined) {
      const malformed = `nothing can be read after byte ${start}, because of a malformed length`;
      for (const rest of tbsFields.slice(next))
        if (!tlvs.has(rest)) unread.set(rest, isTruncated ? truncated : malformed);
      return { tlvs, unread };
    }
    if (field === undefined) {
      const message = `${path} contains ${tagName(tlv.tag)}, which its definition does not have`;
      source.faults.add("der/unexpected-element", tlv, path, message);
      continue;
    }
    const at = tbsFields.indexOf(field);
    if (!shape.includes(field)) {
      const message = `${field} is ${tagName(tlv.tag)}, not ${typeOf(field)}`;
      source.faults.add("structure/tbs-cert-list", tlv, `${path}.${field}`, message);
      unread.set(field, message);
    } else {
      if (at < next) {
        const message = `${field} comes after ${tbsFields[next - 1]}; the order must be ${tbsFields.join(", ")}`;
        source.faults.add("structure/tbs-cert-list", tlv, `${path}.${field}`, message);
      }
      if (tlv.tag === (Tag.sequence ^ constructed)) {
        const identifier = { start: tlv.start, end: tlv.start + 1 };
        const message = `${tagName(Tag.sequence)} in primitive form; it must be constructed`;
        source.faults.add("der/sequence-set-must-be-constructed", identifier, `${path}.${field}`, message);
      }
      tlvs.set(field, tlv);
    }
    next = Math.max(next, at + 1);
  }
  if (isTruncated) {
    const cutOff = new Set(tbsFields.slice(next));
    // A truncated issuer is not that of another CA.
    if (tlvs.get("issuer")?.end === tbs.end) cutOff.add("issuer");
    for (const field of cutOff) {
      tlvs.delete(field);
      if (!unread.has(field)) unread.set(field, truncated);
    }
  }
  const missing = required.filter((field) => !tlvs.has(field) && !unread.has(field));
  if (missing.length > 0) {
    cursor.missing("structure/tbs-cert-list", `tbsCertList has no ${missing.join(", ")}`);
    for (const field of missing) unread.set(field, `tbsCertList has no ${field}`);
    // If the list ends before a required field, the optional fields after it are also cut off.
    const isCut = missing.some((field) => tbsFields.indexOf(field) >= next);
    for (const field of isCut ? tbsFields.slice(next) : []) {
      if (!unread.has(field)) unread.set(field, `tbsCertList ends before ${tbsFields[next]}`);
    }
  }
  return { tlvs, unread };
}

/** Returns the fields that the TLV at `at` can be, by its tag and by the tag of its first element. */
function shapeAt(source: Source, at: number, end: number): readonly TbsField[] {
  const tag = new Cursor(source, { start: at, end }, "").peek();
  if (tag === Tag.integer) return ["version"];
  if (isTimeTag(tag)) return ["thisUpdate", "nextUpdate"];
  if (tag === context(0, true)) return ["crlExtensions"];
  if (tag !== Tag.sequence && tag !== (Tag.sequence ^ constructed)) return [];
  const first = firstInside(source.bytes, at);
  if (first === Tag.oid) return ["signature"];
  if (first === Tag.set) return ["issuer"];
  if (first === Tag.sequence) return ["revokedCertificates", "issuer"];
  return ["signature", "issuer", "revokedCertificates"];
}

/** Returns the shapes of the two TLVs after the one at `at`. */
function shapesAfter(source: Source, at: number, end: number): readonly [readonly TbsField[], readonly TbsField[]] {
  const cursor = new Cursor(withoutErrorReports(source), { start: at, end }, "");
  cursor.read("");
  const first = shapeAt(source, cursor.position, end);
  cursor.read("");
  return [first, shapeAt(source, cursor.position, end)];
}

/** Returns the identifier octet of the first TLV inside the one at `at`; -1 if that is empty. */
function firstInside(bytes: Uint8Array, at: number): number {
  const initial = bytes[at + 1] ?? 0;
  if (initial === 0) return -1;
  const lengthOctets = initial > 0x80 && initial !== 0xff ? initial & 0x7f : 0;
  return bytes[at + 2 + lengthOctets] ?? -1;
}

/**
 * Returns the field that a TLV is meant to be.
 *
 * @param shape fields that it can be by its type, without those that were already found
 * @param next index of the first field after the last one that was found
 * @param following the shapes of the two TLVs after it
 */
function choose(
  shape: readonly TbsField[],
  next: number,
  following: readonly [readonly TbsField[], readonly TbsField[]],
): TbsField | undefined {
  const expected = tbsFields[next];
  // A certificate has its version in [0], which here only crlExtensions has.
  if (expected === "version" && shape.includes("crlExtensions") && following[0].includes("signature")) return expected;
  const ahead = tbsFields.slice(next).find((field) => shape.includes(field));
  // An empty SEQUENCE, or one of SEQUENCEs, counts as the next field that it can be. A clear shape may also be a late
  // field.
  const late = tbsFields.slice(0, next).find((field) => shape.includes(field));
  if (ahead !== undefined && (ahead === expected || late === undefined)) return ahead;
  if (late !== undefined) return late;
  // Its shape is not that of a missing field. It counts as the field that is due, unless that field follows.
  const due = expected === "nextUpdate" ? expected : tbsFields.slice(next).find((field) => required.includes(field));
  if (due === undefined) return undefined;
  const [first, second] = following;
  const isFollowed = due === "thisUpdate" ? first.includes(due) && second.includes(due) : first.includes(due);
  return isFollowed ? undefined : due;
}

function typeOf(field: TbsField): string {
  if (field === "version") return "INTEGER";
  if (field === "thisUpdate" || field === "nextUpdate") return "UTCTime or GeneralizedTime";
  return field === "crlExtensions" ? "[0]" : "SEQUENCE";
}
