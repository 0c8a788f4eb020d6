import { Cursor, type Source } from "../der/cursor.ts";
import { Faults } from "../der/fault.ts";
import type { Tlv } from "../der/span.ts";
import type { Extension } from "./extension.ts";

/** Returns the same source without its faults, for bytes whose errors were reported when the CRL was read. */
export function withoutErrorReports(source: Source): Source {
  return { ...source, faults: new Faults(0) };
}

/** Returns the first TLV in an extnValue, with any tag, without reporting errors; undefined if its frame is invalid. */
export function peekValue(source: Source, { value, path }: Extension): Tlv | undefined {
  return value && Cursor.inside(withoutErrorReports(source), value, `${path}.extnValue`).read("");
}
