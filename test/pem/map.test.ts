import { expect, test } from "vitest";
import { PemMap } from "../../src/pem/map.ts";

test("an empty map locates every offset at the start", () => {
  expect(new PemMap().locate(12)).toEqual({ line: 1, column: 1 });
});

test("locates an offset after the last byte at the last character", () => {
  const map = new PemMap();
  map.add(0, { line: 2, column: 1 }, 64);
  map.add(64, { line: 3, column: 1 }, 4);
  expect(map.locate(50)).toEqual({ line: 3, column: 3 });
  expect(map.locate(51)).toEqual({ line: 3, column: 4 });
  expect(map.locate(1_000_000)).toEqual({ line: 3, column: 4 });
});

test("locates bytes after a shorter line, and after a line that starts at another column", () => {
  const map = new PemMap();
  map.add(0, { line: 2, column: 1 }, 8);
  map.add(8, { line: 3, column: 1 }, 4);
  map.add(12, { line: 4, column: 1 }, 8);
  map.add(20, { line: 5, column: 3 }, 8);
  expect(map.locate(9)).toEqual({ line: 4, column: 1 });
  expect(map.locate(15)).toEqual({ line: 5, column: 3 });
});

test("after 2^20 runs, locates an offset at the last known character", () => {
  const map = new PemMap();
  for (let i = 0; i < 2 ** 20 + 10; i += 1) map.add(i, { line: 2 * i, column: 1 }, 1);
  expect(map.locate(3)).toEqual({ line: 8, column: 1 });
  expect(map.locate(2 ** 30)).toEqual({ line: 2 * (2 ** 20 - 1), column: 1 });
});

test("keeps any number of adjacent lines of equal width as one run", () => {
  const map = new PemMap();
  // More lines than runs are kept.
  const lines = 2 ** 20 + 10;
  for (let i = 0; i < lines; i += 1) map.add(4 * i, { line: 2 + i, column: 3 }, 4);
  map.add(4 * lines, { line: 2 + lines, column: 3 }, 2);
  expect(map.locate(3 * (lines - 1))).toEqual({ line: lines + 1, column: 3 });
  expect(map.locate(3 * lines)).toEqual({ line: lines + 2, column: 3 });
  expect(map.locate(3 * lines + 1)).toEqual({ line: lines + 2, column: 4 });
});

test("ends a run with a shorter line, and before a line that is not adjacent", () => {
  const map = new PemMap();
  map.add(0, { line: 2, column: 1 }, 4);
  map.add(4, { line: 3, column: 1 }, 2);
  map.add(6, { line: 4, column: 1 }, 4);
  map.add(10, { line: 6, column: 1 }, 4);
  map.add(14, { line: 7, column: 1 }, 8);
  const places = [0, 3, 5, 8, 12, 16].map((offset) => map.locate(offset));
  expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual(["2:1", "3:1", "4:1", "6:1", "7:3", "7:8"]);
});
