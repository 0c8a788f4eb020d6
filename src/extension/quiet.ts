import { Cursor, type Source } from "../der/cursor.ts";
import { Faults } from "../der/fault.ts";
import type { Tlv } from "../der/span.ts";
import type { Extension } from "./extension.ts";

/** The same octets for a second look: faults met there were reported when the CRL was read. */
export function quiet(source: Source): Source {
  return { ...source, faults: new Faults(0) };
}

/** The first TLV in an extnValue, whatever its tag and without a report; undefined where no frame stands. */
export function quietValue(source: Source, { value, path }: Extension): Tlv | undefined {
  return value && Cursor.inside(quiet(source), value, `${path}.extnValue`).read("");
}
