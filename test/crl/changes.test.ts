import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { makeCrl } from "../../bench/generate.ts";
import { compareEntries } from "../../src/crl/changes.ts";
import { matchSerials } from "../../src/crl/match-serials.ts";
import { readCrl } from "../../src/crl/read.ts";
import type { Crl } from "../../src/crl/crl.ts";
import { SerialTable } from "../../src/crl/parted-serials.ts";
import { kit } from "../../src/fixture/index.ts";

const dates = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"] as const;

interface Item {
  readonly serial: number;
  readonly date: string;
  readonly reason: number;
  readonly certificateIssuer?: string;
}

function crlOf(list: readonly Item[]): Crl {
  const entries = list.map(({ certificateIssuer: issuer, ...entry }) => ({
    ...entry,
    ...(issuer !== undefined && { extensions: [kit.extension.certificateIssuer(kit.name(issuer))] }),
  }));
  return readCrl(kit.crl({ entries, form: "tbs" }).crl, "tbs");
}

/** Returns what `compareEntries` must find, computed with a Map of all entries. */
function naiveChanges(before: readonly Item[], after: readonly Item[]) {
  let issuer = "";
  const keyed = (list: readonly Item[]) => {
    issuer = "";
    return list.map((item) => {
      issuer = item.certificateIssuer ?? issuer;
      return { key: `${issuer} ${item.serial}`, bytes: JSON.stringify(item) };
    });
  };
  const [earlier, later] = [keyed(before), keyed(after)];
  const places = new Map<string, number>();
  later.forEach(({ key }, i) => {
    if (!places.has(key)) places.set(key, i);
  });
  const kept = new Set(earlier.map(({ key }) => places.get(key)));
  return {
    removed: earlier.flatMap(({ key }, i) => (places.has(key) ? [] : [i])),
    added: later.flatMap((_, i) => (kept.has(i) ? [] : [i])),
    changed: earlier.flatMap(({ key, bytes }, i) => {
      const to = places.get(key);
      return to === undefined || later[to]?.bytes === bytes ? [] : [i, to];
    }),
  };
}

function changesOf(before: readonly Item[], after: readonly Item[]) {
  const { removed, added, changed } = compareEntries(crlOf(before), crlOf(after));
  return { removed: [...removed], added: [...added], changed: [...changed] };
}

const item = (largestSerial: number) =>
  fc.record(
    {
      serial: fc.integer({ min: 1, max: largestSerial }),
      date: fc.constantFrom(...dates),
      reason: fc.constantFrom(1, 4),
      certificateIssuer: fc.constantFrom("CN=A", "CN=B"),
    },
    { requiredKeys: ["serial", "date", "reason"] },
  );

/** A list of entries, and edits that make the list of the later CRL from it. */
const edited = fc.record({
  list: fc.oneof(
    fc.uniqueArray(item(1e6), { selector: ({ serial }) => serial, minLength: 20, maxLength: 120 }),
    fc.array(item(60), { maxLength: 60 }),
  ),
  edits: fc.array(fc.record({ at: fc.nat(120), drops: fc.nat(30), adds: fc.array(item(1e6), { maxLength: 20 }) }), {
    maxLength: 4,
  }),
});

describe("entries of two CRLs", () => {
  test("lists in any order, with repeats and issuers: same changes as a search with a Map", () => {
    fc.assert(
      fc.property(fc.array(item(40), { maxLength: 30 }), fc.array(item(40), { maxLength: 30 }), (before, after) => {
        expect(changesOf(before, after)).toEqual(naiveChanges(before, after));
      }),
      { numRuns: 200 },
    );
  });

  test("lists that differ in a few places: same changes as a search with a Map", () => {
    fc.assert(
      fc.property(edited, ({ list, edits }) => {
        const after = [...list];
        for (const { at, drops, adds } of edits) after.splice(at, drops, ...adds);
        expect(changesOf(list, after)).toEqual(naiveChanges(list, after));
        expect(changesOf(after, list)).toEqual(naiveChanges(after, list));
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

  test("a serial that is listed twice matches its first entry", () => {
    const twice = crlOf([
      { serial: 5, date: dates[0], reason: 1 },
      { serial: 5, date: dates[1], reason: 1 },
    ]);
    const once = crlOf([{ serial: 5, date: dates[1], reason: 1 }]);
    expect([...matchSerials(once.entries.serials, twice.entries.serials)]).toEqual([0]);
  });
});

describe("serials that are looked up to compare two CRLs", () => {
  const list = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => ({
      serial: 1000 + ((from + i) * 7919) ** 2,
      date: dates[0] as string,
      reason: 1,
    }));

  /**
   * Compares two lists. `lookedUp` has the size of the table and the number of serials searched in it, if serials did
   * not match in order.
   */
  function compare(before: Crl, after: Crl) {
    const find = vi.spyOn(SerialTable.prototype, "find");
    const { removed, added, changed } = compareEntries(before, after);
    const [table] = find.mock.contexts as readonly SerialTable[];
    const [others] = find.mock.calls[0] ?? [];
    find.mockRestore();
    const lookedUp = table === undefined ? [] : [table.parted.order.length, others?.order.length];
    return { removed: removed.length, added: added.length, changed: changed.length / 2, lookedUp };
  }

  test.each([
    ["the same entries", list(1000), list(1000), { removed: 0, added: 0, lookedUp: [] }],
    ["entries at the end", list(1000), list(1200), { removed: 0, added: 200, lookedUp: [] }],
    ["entries at the start", list(1000, 10), list(1010), { removed: 0, added: 10, lookedUp: [] }],
    [
      "half of the entries dropped at the start",
      list(1000),
      list(500, 500),
      { removed: 500, added: 0, lookedUp: [505, 5] },
    ],
    ["dropped entries", list(1000), list(1000).filter((_, i) => i % 100 > 2), { removed: 30, added: 0, lookedUp: [] }],
    [
      "every hundredth entry replaced",
      list(1000),
      list(1000).map((entry, i) => (i % 100 === 50 ? { ...entry, serial: i } : entry)),
      { removed: 10, added: 10, lookedUp: [10, 10] },
    ],
    ["another order", list(1000), list(1000).toReversed(), { removed: 0, added: 0, lookedUp: [999, 999] }],
    ["other entries", list(1000), list(1000, 1000), { removed: 1000, added: 1000, lookedUp: [1000, 1000] }],
  ])("%s", (_, before, after, expected) => {
    expect(compare(crlOf(before), crlOf(after))).toEqual({ changed: 0, ...expected });
  });

  test.each([
    ["70,000 other entries", { first: 70_000 }, { removed: 70_000, added: 70_000, lookedUp: [] }],
    ["69,990 other entries", { first: 69_990 }, { removed: 69_990, added: 69_990, lookedUp: [70_000, 70_000] }],
    ["10 entries at the end", { first: 10 }, { removed: 10, added: 10, lookedUp: [] }],
  ])("%s of 70,000: serials are looked up only if one may be listed", (_, more, expected) => {
    const [before, after] = [{}, more].map((plan) => readCrl(makeCrl({ entries: 70_000, ...plan }))) as [Crl, Crl];
    const compared = vi.spyOn(before.entries, "startOf");
    expect(compare(before, after)).toEqual({ changed: 0, ...expected });
    expect(compared.mock.calls.length).toBeLessThan(10_000);
  });

  test("serials that a CRL lists twice are compared by their first entry", () => {
    const [a, b, c] = list(3) as [ReturnType<typeof list>[0], ReturnType<typeof list>[0], ReturnType<typeof list>[0]];
    const later = { ...a, date: dates[1] };
    expect(compare(crlOf([a, b, a]), crlOf([a, b, c]))).toEqual({ removed: 0, added: 1, changed: 0, lookedUp: [1, 3] });
    expect(compare(crlOf([b, a, c]), crlOf([later, b, a, c]))).toEqual({
      removed: 0,
      added: 1,
      changed: 1,
      lookedUp: [3, 4],
    });
  });
});
