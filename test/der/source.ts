import { newSource, type Source } from "../../src/der/cursor.ts";
import type { Tlv } from "../../src/der/span.ts";
import { raw } from "../../src/fixture/der-writer.ts";

/** Octets in hexadecimal as something to read. */
export function sourceOf(octets: string | Uint8Array): Source {
  return newSource(typeof octets === "string" ? raw(octets) : octets);
}

/** All faults as `code start..end message`, in the order in which each code was met. */
export function faultsOf({ faults }: Source): readonly string[] {
  return [...faults.groups()].flatMap(({ first }) =>
    first.map(({ code, start, end, message }) => `${code} ${start}..${end} ${message}`),
  );
}

/** The TLV that a source of one short TLV holds. */
export function onlyTlv({ bytes }: Source): Tlv {
  const end = 2 + (bytes[1] ?? 0);
  return { tag: bytes[0] ?? 0, start: 0, content: 2, contentEnd: end, end };
}
