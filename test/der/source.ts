import { newSource, type Source } from "../../src/der/cursor.ts";
import type { Tlv } from "../../src/der/span.ts";
import { raw } from "../../src/fixture/der-writer.ts";

/** Returns a source for bytes in hexadecimal. */
export function sourceOf(bytes: string | Uint8Array): Source {
  return newSource(typeof bytes === "string" ? raw(bytes) : bytes);
}

/** Returns all faults as `code start..end message`, in the order of the first occurrence of each code. */
export function faultsOf({ faults }: Source): readonly string[] {
  return [...faults.groups()].flatMap(({ first }) =>
    first.map(({ code, start, end, message }) => `${code} ${start}..${end} ${message}`),
  );
}

/** Returns the only TLV of a source that holds one short TLV. */
export function onlyTlv({ bytes }: Source): Tlv {
  const end = 2 + (bytes[1] ?? 0);
  return { tag: bytes[0] ?? 0, start: 0, content: 2, contentEnd: end, end };
}
