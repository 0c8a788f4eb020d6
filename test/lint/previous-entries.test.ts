import { afterEach, expect, test, vi } from "vitest";
import { Entries } from "../../src/crl/entries.ts";
import { kit } from "../../src/fixture/index.ts";
import { lintCase } from "../support/lint-case.ts";

afterEach(() => vi.restoreAllMocks());

/** Counts the entries read through windows, by the number of entries of their CRL. */
function countReads(): Map<number, number> {
  const reads = new Map<number, number>();
  const openWindow = Reflect.get(Entries.prototype, "openWindow");
  vi.spyOn(Entries.prototype, "openWindow").mockImplementation(function count(this: Entries) {
    const read = openWindow.call(this);
    return (index) => {
      reads.set(this.count, (reads.get(this.count) ?? 0) + 1);
      return read(index);
    };
  });
  return reads;
}

test("if all entries were replaced, each is read once for its date, and again only if the report shows it", () => {
  const entries = (count: number, from: number) =>
    Array.from({ length: count }, (_, i) => ({ serial: from + i, reason: 4, date: "2026-05-01T00:00:00Z" }));
  const previous = kit.earlierCrl({ entries: entries(2000, 10_000) });
  const crl = kit.crl({ entries: entries(3000, 20_000), previous });
  const reads = countReads();
  const datesOf = vi.spyOn(Entries.prototype, "datesOf");
  const { findings } = lintCase(crl, { profile: "tls-br", maxFindings: 20 });
  const counts = new Map(findings.map(({ rule, count }) => [rule, count]));
  expect(counts.get("sequence/many-entries-removed")).toBe(2000);
  expect(counts.get("sequence/revocation-date-before-earlier-crl")).toBe(3000);
  // The report shows 20 entries of each finding.
  expect(reads.get(2000)).toBe(20);
  expect(reads.get(3000)).toBe(40);
  expect(datesOf.mock.calls.map(([indexes]) => indexes.length)).toEqual([3000]);
});
