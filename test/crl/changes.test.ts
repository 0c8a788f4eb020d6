import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareEntries } from "../../src/crl/changes.ts";
import { matchSerials } from "../../src/crl/match-serials.ts";
import { readCrl } from "../../src/crl/read.ts";
import type { Crl } from "../../src/crl/crl.ts";
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
