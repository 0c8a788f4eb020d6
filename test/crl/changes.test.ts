import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { compareEntries } from "../../src/crl/changes.ts";
import { matchSerials } from "../../src/crl/match-serials.ts";
import { readCrl } from "../../src/crl/read.ts";
import type { Crl } from "../../src/crl/crl.ts";
import { SerialIndex } from "../../src/crl/serial-index.ts";
import { kit } from "../../src/fixture/index.ts";

const dates = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"] as const;

const entries = fc.uniqueArray(
  fc.record({
    serial: fc.integer({ min: 1, max: 40 }),
    date: fc.constantFrom(...dates),
    reason: fc.constantFrom(1, 4),
  }),
  { selector: ({ serial }) => serial, maxLength: 30 },
);

function crlOf(list: readonly { serial: number; date: string; reason: number }[]): Crl {
  return readCrl(kit.crl({ entries: list, form: "tbs" }).crl, "tbs");
}

describe("entries of two CRLs", () => {
  test("removed, added and changed match a comparison by value", () => {
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const changes = compareEntries(crlOf(before), crlOf(after));
        const later = new Map(after.map((entry, index) => [entry.serial, { ...entry, index }]));
        const earlier = new Set(before.map(({ serial }) => serial));
        const removed = before.flatMap(({ serial }, i) => (later.has(serial) ? [] : [i]));
        const added = after.flatMap(({ serial }, i) => (earlier.has(serial) ? [] : [i]));
        const changed = before.flatMap((entry, i) => {
          const twin = later.get(entry.serial);
          return twin === undefined || (twin.date === entry.date && twin.reason === entry.reason)
            ? []
            : [i, twin.index];
        });
        expect([...changes.removed]).toEqual(removed);
        expect([...changes.added]).toEqual(added);
        expect([...changes.changed]).toEqual(changed);
      }),
      { numRuns: 200 },
    );
  });

  test("serials are matched byte by byte: 00 ff is not ff", () => {
    const plain = crlOf([]).entries.serials;
    expect([...matchSerials(plain, plain)]).toEqual([]);
    const a = readCrl(kit.crl({ entries: [{ serial: "00ff" }, { serial: "7f" }], form: "tbs" }).crl, "tbs");
    const b = readCrl(kit.crl({ entries: [{ serial: "7f" }, { serial: "ff" }], form: "tbs" }).crl, "tbs");
    expect([...matchSerials(a.entries.serials, b.entries.serials)]).toEqual([-1, 0]);
  });

  test("for a serial that is listed twice, the first entry is found", () => {
    const twice = crlOf([
      { serial: 5, date: dates[0], reason: 1 },
      { serial: 5, date: dates[1], reason: 1 },
    ]);
    const once = crlOf([{ serial: 5, date: dates[1], reason: 1 }]);
    expect([...matchSerials(once.entries.serials, twice.entries.serials)]).toEqual([0]);
  });
});

describe("work to compare two CRLs", () => {
  const list = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => ({
      serial: 1000 + ((from + i) * 7919) ** 2,
      date: dates[0] as string,
      reason: 1,
    }));

  /** Compares two lists, and returns the number of serials that were looked up rather than met in order. */
  function compare(before: ReturnType<typeof list>, after: ReturnType<typeof list>) {
    const find = vi.spyOn(SerialIndex.prototype, "find");
    const { removed, added, changed } = compareEntries(crlOf(before), crlOf(after));
    const indexed = find.mock.contexts.map((index) => (index as SerialIndex).startOf(1));
    find.mockRestore();
    return { removed: removed.length, added: added.length, changed: changed.length / 2, indexed };
  }

  test.each([
    ["the same entries", list(1000), list(1000), { removed: 0, added: 0, indexed: [] }],
    ["entries at the end", list(1000), list(1200), { removed: 0, added: 200, indexed: [] }],
    ["entries at the start", list(1000, 10), list(1010), { removed: 0, added: 10, indexed: [] }],
    ["dropped entries", list(1000), list(1000).filter((_, i) => i % 100 > 2), { removed: 30, added: 0, indexed: [30] }],
    [
      "every hundredth entry is another one",
      list(1000),
      list(1000).map((entry, i) => (i % 100 === 50 ? { ...entry, serial: i } : entry)),
      { removed: 10, added: 10, indexed: [10] },
    ],
    ["another order", list(1000), list(1000).toReversed(), { removed: 0, added: 0, indexed: [1000] }],
    ["other entries", list(1000), list(1000, 1000), { removed: 1000, added: 1000, indexed: [1000] }],
  ])("%s", (_, before, after, expected) => {
    expect(compare(before, after)).toEqual({ changed: 0, ...expected });
  });

  test("serials that either CRL lists twice are compared with the first place", () => {
    const [a, b, c] = list(3) as [ReturnType<typeof list>[0], ReturnType<typeof list>[0], ReturnType<typeof list>[0]];
    const later = { ...a, date: dates[1] };
    expect(compare([a, b, a], [a, b, c])).toEqual({ removed: 0, added: 1, changed: 0, indexed: [1] });
    expect(compare([b, a, c], [later, b, a, c])).toEqual({ removed: 0, added: 1, changed: 1, indexed: [3] });
  });
});
