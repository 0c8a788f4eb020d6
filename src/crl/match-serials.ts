import { partBits, partSerials, SerialTable } from "./parted-serials.ts";
import type { Serials } from "./serials.ts";

/**
 * Finds for every serial of one list its place in another one: two CRLs, or a CRL and certificates. Linear in
 * both, without an object per serial.
 *
 * @returns for every index of `a` the index of the first same serial in `b`, or -1
 */
export function matchSerials(a: Serials, b: Serials): Int32Array {
  const places = new Int32Array(a.offsets.length);
  matchSome(a, undefined, b, undefined, places);
  for (let index = 0; index < places.length; index += 1) places[index] = (places[index] as number) - 1;
  return places;
}

/**
 * Finds for some serials of one list their places in another one.
 *
 * @param wanted the entries of `a` that are looked up, in ascending order; undefined for all
 * @param among the entries of `b` that they are looked up among, in ascending order; undefined for all
 * @param places takes for every index of `wanted` the index of the first same serial plus one; has 0 for each of them
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
  // The others with one serial are where the first of them is.
  table.firsts.forEach((first, index) => {
    if (first > 0) places[index] = places[first - 1] ?? 0;
  });
}
