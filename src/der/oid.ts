import type { Source } from "./cursor.ts";
import { contentLength, contents, type Tlv } from "./span.ts";
import { constructed } from "./tag.ts";

/** Limits that RFC 5280 appendix B recommends for object identifiers in CRLs. */
const recommended = { arcs: 20, arc: 2 ** 28, characters: 100 } as const;

/** Object identifiers under id-ce (RFC 5280 4.2.1), by their last byte: entries may repeat them a million times. */
const underIdCe: readonly string[] = Array.from({ length: 0x80 }, (_, last) => `2.5.29.${last}`);

/**
 * Reads an OBJECT IDENTIFIER by X.690 8.19 into its dotted form. Arcs of any size are exact.
 *
 * @returns undefined if the contents are empty or end within an arc
 */
export function readOid(source: Source, tlv: Tlv, path: string): string | undefined {
  // A constructed one was reported when it was taken.
  if (tlv.tag & constructed) return undefined;
  const length = contentLength(tlv);
  const { bytes, limits } = source;
  if (length === 3 && bytes[tlv.content] === 0x55 && bytes[tlv.content + 1] === 0x1d) {
    const known = underIdCe[bytes[tlv.content + 2] ?? 0x80];
    if (known !== undefined) return known;
  }
  if (length === 0) {
    source.faults.add("der/oid-not-minimal", tlv, path, "OBJECT IDENTIFIER without contents octets");
    return undefined;
  }
  if (length > limits.oid) {
    source.faults.add(
      "input/over-limit",
      tlv,
      path,
      `OBJECT IDENTIFIER of ${length} bytes; at most ${limits.oid} are read`,
    );
    return undefined;
  }
  const value = contents(bytes, tlv);
  if ((value.at(-1) ?? 0) >= 0x80) {
    source.faults.add("der/oid-not-minimal", tlv, path, "OBJECT IDENTIFIER ends within an arc");
    return undefined;
  }
  if (hasPaddedArc(value)) {
    source.faults.add("der/oid-not-minimal", tlv, path, "an arc starts with 80, which must be omitted");
  }
  const arcs = decodeArcs(value);
  const dotted = arcs.join(".");
  const excess = excessOf(arcs, dotted.length);
  if (excess !== undefined) {
    source.faults.add("der/oid-over-limit", tlv, path, `OBJECT IDENTIFIER ${shorten(dotted)} has ${excess}`);
  }
  return dotted;
}

/** Returns the property of an object identifier that exceeds the limits, and these; undefined if none does. */
function excessOf(arcs: readonly (number | bigint)[], characters: number): string | undefined {
  const { arcs: mostArcs, arc: tooLarge, characters: mostCharacters } = recommended;
  const large = arcs.find((arc) => arc >= tooLarge);
  if (large !== undefined) return `the arc ${shorten(String(large))}; the maximum is ${tooLarge - 1}`;
  return arcs.length > mostArcs || characters > mostCharacters
    ? `${arcs.length} arcs and ${characters} characters; the maximum is ${mostArcs} arcs and ${mostCharacters} characters`
    : undefined;
}

/** Whether an arc begins with a septet of zeros (X.690 8.19.2). */
function hasPaddedArc(value: Uint8Array): boolean {
  let before = 0;
  for (const byte of value) {
    if (byte === 0x80 && before < 0x80) return true;
    before = byte;
  }
  return false;
}

function decodeArcs(value: Uint8Array): (number | bigint)[] {
  const arcs: (number | bigint)[] = [];
  let from = 0;
  let small = 0;
  for (let i = 0; i < value.length; i += 1) {
    const byte = value[i] ?? 0;
    small = small * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    const isExact = i - from < maximumExactSeptets;
    const arc = isExact ? small : largeArc(value.subarray(from, i + 1));
    // X.690 8.19.4: the first subidentifier encodes two arcs as X * 40 + Y, and X is at most 2.
    if (from === 0) {
      const top = arc < 40 ? 0 : arc < 80 ? 1 : 2;
      arcs.push(top, typeof arc === "bigint" ? arc - 80n : arc - top * 40);
    } else arcs.push(arc);
    from = i + 1;
    small = 0;
  }
  return arcs;
}

/** Maximum number of septets of an arc that a number represents exactly. */
const maximumExactSeptets = 7;

/** Returns the value of an arc that a number cannot represent exactly. */
function largeArc(septets: Uint8Array): bigint {
  // Converted at once: adding one septet after the other would take quadratic time.
  let bits = "";
  for (const septet of septets) bits += (septet & 0x7f).toString(2).padStart(7, "0");
  return BigInt(`0b${bits}`);
}

function shorten(dotted: string): string {
  return dotted.length > 60 ? `${dotted.slice(0, 57)}...` : dotted;
}
