import { afterAll, expect, test } from "vitest";
import { openPool, type Pool } from "../../src/files/worker-pool.ts";

/** The functions that pool-tasks.mjs exports. */
interface Tasks {
  readonly after: (ms: number) => Promise<number>;
  readonly fail: (message: string) => never;
  readonly crash: (message: string) => never;
}

const pools: Pool<Tasks>[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

async function open(threads: number): Promise<Pool<Tasks>> {
  const pool: Pool<Tasks> = await openPool(new URL("pool-tasks.mjs", import.meta.url), threads);
  pools.push(pool);
  return pool;
}

test("more tasks than workers are all run", async () => {
  const pool = await open(2);
  expect(pool.threads).toBe(2);
  expect(await Promise.all([5, 4, 3, 2, 1].map((ms) => pool.run("after", ms)))).toEqual([5, 4, 3, 2, 1]);
});

test("a task that throws or whose worker ends does not affect other tasks", async () => {
  const pool = await open(1);
  const tasks = [pool.run("after", 1), pool.run("fail", "no"), pool.run("crash", "end"), pool.run("after", 2)];
  const [first, failed, ended, last] = await Promise.allSettled(tasks);
  expect([first, last]).toEqual([
    { status: "fulfilled", value: 1 },
    { status: "fulfilled", value: 2 },
  ]);
  expect(failed).toMatchObject({ status: "rejected", reason: { message: "no" } });
  expect(ended).toMatchObject({ status: "rejected", reason: { message: "end" } });
});

test("closing a pool rejects its tasks", async () => {
  const pool = await open(1);
  const [ended] = await Promise.allSettled([pool.run("after", 600_000), pool.close()]);
  expect(ended).toMatchObject({ status: "rejected", reason: new Error("the pool was closed") });
});
