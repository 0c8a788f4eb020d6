import { Cursor, newSource } from "../../src/der/cursor.ts";
import type { Faults } from "../../src/der/fault.ts";
import { compareBytes } from "../../src/der/span.ts";
import type { NameSource } from "../../src/name/diff.ts";
import { readName } from "../../src/name/parse.ts";

/** One attribute to be encoded: contents octets of its type, string type, text. */
export interface Part {
  readonly type: keyof typeof types;
  readonly tag: number;
  readonly text: string;
}

export const types = {
  C: [0x55, 4, 6],
  O: [0x55, 4, 10],
  OU: [0x55, 4, 11],
  CN: [0x55, 4, 3],
  L: [0x55, 4, 7],
} as const;

export function part(type: Part["type"], text: string, tag = 0x13): Part {
  return { type, tag, text };
}

export function tlv(tag: number, ...contents: readonly (readonly number[])[]): number[] {
  const value = contents.flat();
  const length = value.length;
  if (length < 0x80) return [tag, length, ...value];
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest % 256);
  return [tag, 0x80 | lengthBytes.length, ...lengthBytes, ...value];
}

function encodeText({ tag, text }: Part): number[] {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  if (tag === 0x0c) return [...new TextEncoder().encode(text)];
  if (tag === 0x1e) return points.flatMap((point) => [point >> 8, point & 0xff]);
  if (tag === 0x1c) return points.flatMap((point) => [0, point >> 16, (point >> 8) & 0xff, point & 0xff]);
  return points;
}

export function encodePart(each: Part): number[] {
  return tlv(0x30, tlv(0x06, types[each.type]), tlv(each.tag, encodeText(each)));
}

/** An RDN with its attributes in the order that X.690 11.6 requires. */
export function encodeRdn(parts: readonly Part[]): number[] {
  const encoded = parts.map((each) => Uint8Array.from(encodePart(each))).toSorted(compareBytes);
  return tlv(0x31, ...encoded.map((each) => [...each]));
}

/** Reads a Name at `offset` of its file. */
export function nameOf(der: readonly number[], offset = 0): NameSource & { readonly faults: Faults } {
  const bytes = Uint8Array.from([...Array.from({ length: offset }, () => 0xff), ...der]);
  const source = newSource(bytes);
  const { faults } = source;
  const outer = new Cursor(source, { start: offset, end: bytes.length }, "").read("issuer");
  if (outer === undefined) throw new Error("the test's Name has no frame");
  return { bytes, name: readName(source, outer, "issuer"), faults };
}

/** A Name of RDNs, each of one or more attributes. */
export function build(rdns: readonly (readonly Part[])[], offset = 0): NameSource & { readonly faults: Faults } {
  return nameOf(tlv(0x30, ...rdns.map(encodeRdn)), offset);
}
