import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mapInOrder } from "../../src/files/map-in-order.ts";

test("results are in the order of the items, and the number of items in progress is limited", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.nat({ max: 20 }), fc.integer({ min: 1, max: 5 }), async (s, count, limit) => {
      const items = Array.from({ length: count }, (_, i) => i);
      let [running, maximum] = [0, 0];
      const work = async (item: number): Promise<number> => {
        running += 1;
        maximum = Math.max(maximum, running);
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
      expect(maximum).toBeLessThanOrEqual(limit);
    }),
  );
});

test("this thread processes items instead of waiting, if all workers are busy", async () => {
  const inWorker: number[] = [];
  const inThisThread: number[] = [];
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = async (item: number): Promise<string> => {
    inWorker.push(item);
    await released;
    return `elsewhere ${item}`;
  };
  const workHere = async (item: number): Promise<string> => {
    inThisThread.push(item);
    if (item === 3) release();
    return `here ${item}`;
  };
  const results: string[] = [];
  for await (const [, result] of mapInOrder([0, 1, 2, 3, 4, 5], 2, work, workHere)) results.push(result);
  expect(results.map((text) => text.replace(/^\w+ /u, ""))).toEqual(["0", "1", "2", "3", "4", "5"]);
  expect(results.slice(0, 4)).toEqual(["elsewhere 0", "elsewhere 1", "here 2", "here 3"]);
  expect([...inWorker, ...inThisThread].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("new items are started only after a result is read", async () => {
  const started: number[] = [];
  const results = mapInOrder([1, 2, 3, 4, 5, 6], 2, async (item) => started.push(item));
  for await (const [item] of results) if (item === 2) break;
  expect(started).toEqual([1, 2, 3, 4]);
});

test("an error is thrown at the position of its item", async () => {
  const seen: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 2) throw new Error("out of luck");
  };
  const collect = async (): Promise<void> => {
    for await (const [item] of mapInOrder([1, 2, 3], 3, work)) seen.push(item);
  };
  await expect(collect()).rejects.toThrow("out of luck");
  expect(seen).toEqual([1]);
});
