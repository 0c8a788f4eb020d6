import { afterAll, expect, test } from "vitest";
import { crllint } from "./workbench.ts";
import { OutOfMemoryError, openPool, type PoolOptions } from "../../src/files/worker-pool.ts";
import type { ServePool } from "../../src/cli/serve-judge.ts";
import { kit } from "../../src/fixture/index.ts";
import type { Task } from "../../src/cli/serve-worker.ts";
import { base64, good } from "../serve/setting.ts";

const pools: ServePool[] = [];
const entry = new URL("../../src/cli/serve-worker-source.mjs", import.meta.url);
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

async function open(options: PoolOptions): Promise<ServePool> {
  const pool: ServePool = await openPool(entry, options);
  pools.push(pool);
  return pool;
}

function ask(crl: Uint8Array, more: object = {}): Task {
  const body = Uint8Array.from(Buffer.from(JSON.stringify({ crl: base64(crl), ...more })));
  const asked = { path: "/v1/lint", query: "", contentType: "application/json", accept: "", body, now: 0 } as const;
  return { asked, issuers: undefined };
}

/** A CRL whose report, with all findings, needs much more time and memory than that of a small CRL. */
const large = kit.crl({ entries: Array.from({ length: 300_000 }, () => ({ serial: "01" })) }).crl;

test("tasks run in parallel, and wait if all workers are busy", async () => {
  const pool = await open({ threads: 2 });
  const tasks = Array.from({ length: 5 }, () => pool.run("answerRequest", ask(good)));
  expect([pool.threads, pool.running, pool.waiting]).toEqual([2, 2, 3]);
  expect((await Promise.all(tasks)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect([pool.running, pool.waiting]).toEqual([0, 0]);
});

test("transferred data is not copied", async () => {
  const pool = await open({ threads: 1 });
  const task = ask(good);
  await pool.run("answerRequest", task, { transfer: [task.asked.body.buffer] });
  expect(task.asked.body.length).toBe(0);
});

test("a signal ends a task at any point; its worker is replaced, and other tasks continue", async () => {
  const pool = await open({ threads: 1 });
  await pool.run("answerRequest", ask(good));
  const [atWork, inQueue] = [new AbortController(), new AbortController()];
  const slow = pool.run("answerRequest", ask(large), { signal: atWork.signal });
  const waiting = pool.run("answerRequest", ask(good), { signal: inQueue.signal });
  const last = pool.run("answerRequest", ask(good));
  inQueue.abort(new Error("not wanted"));
  await expect(waiting).rejects.toThrow("not wanted");
  atWork.abort(new Error("too slow"));
  await expect(slow).rejects.toThrow("too slow");
  expect((await last).status).toBe(200);
  await expect(pool.run("answerRequest", ask(good), { signal: atWork.signal })).rejects.toThrow("too slow");
});

/** Its V8 may end the process if the heap of a worker is full or too small to start: docs/service.md. */
const endsProcess = Number(process.versions.node.split(".")[0]) >= 24;

test.skipIf(endsProcess)("a task that needs too much memory fails alone", async () => {
  const pool = await open({ threads: 1, heapMb: 100 });
  const tasks = [ask(good), ask(large, { maxFindings: 0, format: "json" }), ask(good)];
  const [first, hungry, last] = await Promise.allSettled(tasks.map((task) => pool.run("answerRequest", task)));
  expect(hungry).toMatchObject({ status: "rejected", reason: expect.any(OutOfMemoryError) as Error });
  expect([first?.status, last?.status]).toEqual(["fulfilled", "fulfilled"]);
});

test.skipIf(endsProcess)("if no worker can be started, nothing waits forever", async () => {
  const pool = await open({ threads: 1, heapMb: 1 });
  const tasks = [pool.run("answerRequest", ask(good)), pool.run("answerRequest", ask(good))];
  expect((await Promise.allSettled(tasks)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(pool.run("answerRequest", ask(good))).rejects.toBeInstanceOf(Error);
});

test("a closed pool ends its tasks", async () => {
  const pool = await open({ threads: 1 });
  const [ended] = await Promise.allSettled([pool.run("answerRequest", ask(large)), pool.close()]);
  expect(ended).toMatchObject({ status: "rejected", reason: new Error("the pool was closed") });
  expect([pool.running, pool.waiting]).toEqual([0, 0]);
});

test("a service rejects a heap that is too small for a worker to start", async () => {
  const { code, err } = await crllint(["serve", "--worker-memory", "63M"]);
  expect(code).toBe(2);
  expect(err).toContain("Expected a size from 64M to 2G, such as 512M.");
});
