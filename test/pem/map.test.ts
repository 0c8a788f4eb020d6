import { expect, test } from "vitest";
import { PemMap } from "../../src/pem/map.ts";

test("without base64 every offset is at the start", () => {
  expect(new PemMap().locate(12)).toEqual({ line: 1, column: 1 });
});

test("an offset behind the last octet is at the last character", () => {
  const map = new PemMap();
  map.add(0, { line: 2, column: 1 }, 64);
  map.add(64, { line: 3, column: 1 }, 4);
  expect(map.locate(50)).toEqual({ line: 3, column: 3 });
  expect(map.locate(51)).toEqual({ line: 3, column: 4 });
  expect(map.locate(1_000_000)).toEqual({ line: 3, column: 4 });
});

test("a line as wide as the ones before starts a new run behind a shorter one, or at another column", () => {
  const map = new PemMap();
  map.add(0, { line: 2, column: 1 }, 8);
  map.add(8, { line: 3, column: 1 }, 4);
  map.add(12, { line: 4, column: 1 }, 8);
  map.add(20, { line: 5, column: 3 }, 8);
  expect(map.locate(9)).toEqual({ line: 4, column: 1 });
  expect(map.locate(15)).toEqual({ line: 5, column: 3 });
});

test("beyond a million runs an offset is at the last character that is known", () => {
  const map = new PemMap();
  for (let i = 0; i < 2 ** 20 + 10; i += 1) map.add(i, { line: 2 * i, column: 1 }, 1);
  expect(map.locate(3)).toEqual({ line: 8, column: 1 });
  expect(map.locate(2 ** 30)).toEqual({ line: 2 * (2 ** 20 - 1), column: 1 });
});
