import type { Serials } from "./repeats.ts";
import { SerialIndex } from "./serial-index.ts";

/**
 * Finds for every serial of one list its place in another one: two CRLs, or a CRL and certificates. Linear in
 * both, without an object per serial.
 *
 * @returns for every index of `a` the index of the first same serial in `b`, or -1
 */
export function matchSerials(a: Serials, b: Serials): Int32Array {
  return new SerialIndex([b]).find(a);
}
