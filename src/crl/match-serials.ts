import { partBits, partSerials, SerialTable } from "./parted-serials.ts";
import type { Serials } from "./serials.ts";

/**
 * Finds the positions of the serials of one list in another one: of two CRLs, or of certificates and a CRL. Linear in
 * both, without an object per serial.
 *
 * @returns for every index of `a` the index of the first equal serial in `b`, or -1
 */
export function matchSerials(a: Serials, b: Serials): Int32Array {
  const places = new Int32Array(a.offsets.length);
  matchSome(a, undefined, b, undefined, places);
  for (let index = 0; index < places.length; index += 1) places[index] = (places[index] as number) - 1;
  return places;
}

/**
 * Finds the positions of some serials of one list in another one.
 *
 * @param wanted entries of `a` to look up, in ascending order; undefined for all
 * @param among entries of `b` to search, in ascending order; undefined for all
 * @param places receives at every index in `wanted` the index of the first equal serial plus one; must be 0 there
 * before
 */
export function matchSome(
  a: Serials,
  wanted: Int32Array | undefined,
  b: Serials,
  among: Int32Array | undefined,
  places: Int32Array,
): void {
  const count = (wanted ?? a.offsets).length;
  if (count === 0 || (among ?? b.offsets).length === 0) return;
  const bits = partBits(count);
  const table = new SerialTable(partSerials(a, bits, wanted));
  const others = partSerials(b, bits, among);
  for (let part = 0; part < 2 ** bits; part += 1) {
    table.fill(part);
    table.find(others, part, places);
  }
  // An entry that repeats a serial has the same position as the first one.
  table.firsts.forEach((first, index) => {
    if (first > 0) places[index] = places[first - 1] ?? 0;
  });
}
