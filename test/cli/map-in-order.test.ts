import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mapInOrder } from "../../src/files/map-in-order.ts";

test("results are in the order of the items, regardless of their duration, and few items are in progress", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat({ max: 20 }), fc.integer({ min: 1, max: 5 }), async (s, count, limit) => {
      const items = Array.from({ length: count }, (_, i) => i);
      let [running, most] = [0, 0];
      const work = async (item: number): Promise<number> => {
        running += 1;
        most = Math.max(most, running);
        const result = await s.schedule(Promise.resolve(item * 2));
        running -= 1;
        return result;
      };
      const collect = async (): Promise<readonly (readonly [number, number])[]> => {
        const results: (readonly [number, number])[] = [];
        for await (const result of mapInOrder(items, limit, work)) results.push(result);
        return results;
      };
      expect(await s.waitFor(collect())).toEqual(items.map((item) => [item, item * 2]));
      expect(most).toBeLessThanOrEqual(limit);
    }),
  );
});

test("this thread also works instead of waiting, on at most twice as many items", async () => {
  const elsewhere: number[] = [];
  const here: number[] = [];
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = async (item: number): Promise<string> => {
    elsewhere.push(item);
    await held;
    return `elsewhere ${item}`;
  };
  const mine = async (item: number): Promise<string> => {
    here.push(item);
    if (item === 3) release();
    return `here ${item}`;
  };
  const results: string[] = [];
  for await (const [, result] of mapInOrder([0, 1, 2, 3, 4, 5], 2, work, mine)) results.push(result);
  expect(results.map((text) => text.replace(/^\w+ /u, ""))).toEqual(["0", "1", "2", "3", "4", "5"]);
  expect(results.slice(0, 4)).toEqual(["elsewhere 0", "elsewhere 1", "here 2", "here 3"]);
  expect([...elsewhere, ...here].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("no new item is started while no result is read", async () => {
  const begun: number[] = [];
  const results = mapInOrder([1, 2, 3, 4, 5, 6], 2, async (item) => begun.push(item));
  for await (const [item] of results) if (item === 2) break;
  expect(begun).toEqual([1, 2, 3, 4]);
});

test("an error is thrown at its position", async () => {
  const seen: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 2) throw new Error("out of luck");
  };
  const walk = async (): Promise<void> => {
    for await (const [item] of mapInOrder([1, 2, 3], 3, work)) seen.push(item);
  };
  await expect(walk()).rejects.toThrow("out of luck");
  expect(seen).toEqual([1]);
});
