import fc from "fast-check";
import { expect, test } from "vitest";
import type { Serials } from "../../src/crl/serials.ts";
import { SerialIndex } from "../../src/crl/serial-index.ts";

function serialsOf(values: readonly number[]): Serials {
  return {
    bytes: Uint8Array.from(values),
    offsets: Int32Array.from(values.keys()),
    lengths: new Int32Array(values.length).fill(1),
    issuers: undefined,
  };
}

const lists = fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { maxLength: 6 });

test("an index finds the same entries as a search through all lists", () => {
  fc.assert(
    fc.property(lists, fc.array(fc.nat(20), { maxLength: 12 }), (all, wanted) => {
      const index = new SerialIndex(all.map(serialsOf));
      const flat = all.flat();
      expect([...index.find(serialsOf(wanted))]).toEqual(wanted.map((value) => flat.indexOf(value)));
      expect(flat.map((_, number) => index.firstOf(number))).toEqual(flat.map((value) => flat.indexOf(value)));
      expect(index.hasRepeats).toBe(new Set(flat).size < flat.length);
      const places = all.flatMap((list, at) => list.map((_, i) => [at, i]));
      expect(flat.map((_, number) => [index.listOf(number), number - index.startOf(index.listOf(number))])).toEqual(
        places,
      );
    }),
  );
});
