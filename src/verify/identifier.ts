import { newSource, Cursor, readOutermost, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2). */
export interface Identifier {
  readonly oid: string;
  readonly parameters: Tlv | undefined;
  readonly source: Source;
}

/** Reads an AlgorithmIdentifier. Returns undefined if its OID cannot be read. */
export function readIdentifier(bytes: Uint8Array): Identifier | undefined {
  const source = newSource(bytes, { keep: 0 });
  const outer = readOutermost(source, "");
  if (outer === undefined) return undefined;
  const cursor = Cursor.inside(source, outer, "");
  const id = cursor.take(Tag.oid, "");
  const oid = id && readOid(source, id, "");
  return oid === undefined ? undefined : { oid, parameters: cursor.read(""), source };
}
