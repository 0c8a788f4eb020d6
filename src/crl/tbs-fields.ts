import { Cursor, type Source } from "../der/cursor.ts";
import type { Tlv } from "../der/span.ts";
import { context, Tag, tagName } from "../der/tag.ts";
import { isTimeTag } from "../der/time.ts";
import type { CrlField } from "./crl.ts";

/** The fields of TBSCertList in their order (RFC 5280 5.1). */
const order = [
  "version",
  "signature",
  "issuer",
  "thisUpdate",
  "nextUpdate",
  "revokedCertificates",
  "crlExtensions",
] as const;

type TbsField = (typeof order)[number];

const required: readonly TbsField[] = ["signature", "issuer", "thisUpdate"];

/** What stands where in a TBSCertList, before any of it is looked into. */
export interface TbsFields {
  readonly tlvs: ReadonlyMap<TbsField, Tlv>;
  readonly unread: Map<CrlField, string>;
}

/**
 * Finds the fields of a TBSCertList by their order and their shape, and goes on behind one that is missing, out of
 * place or of a wrong type, so that one fault does not hide the next.
 */
export function findTbsFields(source: Source, tbs: Tlv, path: string): TbsFields {
  const cursor = Cursor.inside(source, tbs, path);
  const tlvs = new Map<TbsField, Tlv>();
  const unread = new Map<CrlField, string>();
  let next = 0;
  while (!cursor.atEnd) {
    const start = cursor.position;
    const shape = shapeAt(source, cursor);
    const field = choose(shape, next, tlvs);
    const tlv = cursor.read(field ?? "");
    if (tlv === undefined) {
      for (const rest of order.slice(next)) {
        if (!tlvs.has(rest)) unread.set(rest, `nothing can be read behind byte ${start}, where a length is broken`);
      }
      return { tlvs, unread };
    }
    if (field === undefined) {
      const message = `${path} holds ${tagName(tlv.tag)} where its definition has no further element`;
      source.faults.add("der/unexpected-element", tlv, path, message);
      continue;
    }
    const at = order.indexOf(field);
    if (!shape.includes(field)) {
      const message = `${field} is ${tagName(tlv.tag)}, not ${typeOf(field)}`;
      source.faults.add("structure/tbs-cert-list", tlv, `${path}.${field}`, message);
      unread.set(field, message);
    } else {
      if (at < next) {
        const message = `${field} stands behind ${order[next - 1]}; the order is ${order.join(", ")}`;
        source.faults.add("structure/tbs-cert-list", tlv, `${path}.${field}`, message);
      }
      tlvs.set(field, tlv);
    }
    next = Math.max(next, at + 1);
  }
  const missing = required.filter((field) => !tlvs.has(field) && !unread.has(field));
  if (missing.length > 0) {
    const list = missing.join(", ");
    cursor.missing("structure/tbs-cert-list", `tbsCertList has no ${list}`);
    for (const field of missing) unread.set(field, `tbsCertList has no ${field}`);
  }
  if (source.truncatedAt === tbs.end) {
    for (const field of order) if (!tlvs.has(field) && !unread.has(field)) unread.set(field, "the file is truncated");
  }
  return { tlvs, unread };
}

/** The fields that a TLV can be by its tag and by the tag of what it holds first. */
function shapeAt(source: Source, cursor: Cursor): readonly TbsField[] {
  const tag = cursor.peek();
  if (tag === Tag.integer) return ["version"];
  if (isTimeTag(tag)) return ["thisUpdate", "nextUpdate"];
  if (tag === context(0, true)) return ["crlExtensions"];
  if (tag !== Tag.sequence && tag !== (Tag.sequence ^ 0x20)) return [];
  const first = firstInside(source.bytes, cursor.position);
  if (first === Tag.oid) return ["signature"];
  if (first === Tag.set) return ["issuer"];
  if (first === Tag.sequence) return ["revokedCertificates", "issuer"];
  return ["signature", "issuer", "revokedCertificates"];
}

/** Identifier octet of the first TLV inside the one at `at`; -1 for an empty one. */
function firstInside(bytes: Uint8Array, at: number): number {
  const initial = bytes[at + 1] ?? 0;
  if (initial === 0) return -1;
  const lengthOctets = initial > 0x80 && initial !== 0xff ? initial & 0x7f : 0;
  return bytes[at + 2 + lengthOctets] ?? -1;
}

function choose(shape: readonly TbsField[], next: number, taken: ReadonlyMap<TbsField, Tlv>): TbsField | undefined {
  const ahead = order.slice(next).find((field) => shape.includes(field));
  // An empty SEQUENCE, or one of SEQUENCEs, is the next field that it can be; a clear shape may also be a late one.
  const late = order.slice(0, next).find((field) => shape.includes(field) && !taken.has(field));
  const expected = order[next];
  if (ahead !== undefined && (ahead === expected || late === undefined)) return ahead;
  if (late !== undefined) return late;
  if (ahead !== undefined) return ahead;
  // Of no known shape: it stands for the next field that must be there.
  const due = order.slice(next).find((field) => required.includes(field));
  return shape.length === 0 ? due : undefined;
}

function typeOf(field: TbsField): string {
  if (field === "version") return "INTEGER";
  if (field === "thisUpdate" || field === "nextUpdate") return "UTCTime or GeneralizedTime";
  return field === "crlExtensions" ? "[0]" : "SEQUENCE";
}
