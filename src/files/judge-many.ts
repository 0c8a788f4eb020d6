import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { serialize } from "node:v8";
import type { Run } from "../rule/report.ts";
import { type CrlFile, judgeFile } from "./judge-files.ts";
import { mapInOrder } from "./map-in-order.ts";
import type { SentSetting, Setting } from "./setting.ts";
import { openPool, type Pool } from "./worker-pool.ts";

export { openPool } from "./worker-pool.ts";

/** Files of one task, or octets where those are more; large enough that sending it costs little beside the work. */
const taskSize = { files: 64, octets: 2 ** 22 } as const;

/** Files, or octets, of which each thread is to have as many, so that one more gains at all; where --jobs asks for it. */
const perWorker = { files: 1024, octets: 2 ** 25 } as const;

/** Files for which one more worker gains as much as it costs: it has all to compile and to warm up that this thread has. */
const unasked = 8192;

/** How many workers some files are worth beside this thread; 0 where they are judged sooner without any. */
export function workersFor(files: readonly CrlFile[], jobs?: number): number {
  if (files.every(({ objects }) => objects !== undefined)) return 0;
  const octets = files.reduce((sum, { size }) => sum + size, 0);
  return spread(files.length, octets, jobs);
}

/** Threads beside this one. */
function spread(files: number, octets: number, jobs: number | undefined): number {
  const each = jobs === undefined ? unasked : perWorker.files;
  const worth = Math.floor(files / each + octets / perWorker.octets);
  return Math.max(Math.min(worth, jobs ?? availableParallelism()) - 1, 0);
}

/**
 * Starts as many workers as so many files are worth, before anything is known of them, and has them load what judging
 * takes; undefined where none is worth its start.
 */
export async function startWorkers(files: number, jobs?: number): Promise<Pool | undefined> {
  const threads = spread(files, 0, jobs);
  if (threads === 0) return undefined;
  const pool = await openPool({ threads });
  // A worker that fails to load does so again when it is to judge, and is heard then.
  for (let i = 0; i < threads; i += 1) void pool.run("prepareToJudge", undefined).catch(() => {});
  return pool;
}

/**
 * Judges files in workers, and in this thread while it would wait for them: gives the runs of each file, in the order
 * of the files. What is read, judged and not taken yet is bounded, however many files there are. Closes the pool when
 * it ends, however it does.
 */
export async function* judgeInWorkers(
  files: readonly CrlFile[],
  setting: Setting,
  sent: SentSetting,
  pool: Pool,
): AsyncIterable<readonly Run[]> {
  const shared = share(sent);
  try {
    // What is kept in this thread is judged in it, in its turn; there is hardly any.
    const sendable = (task: readonly CrlFile[]) => task.filter(({ objects }) => objects === undefined);
    const judge = (task: readonly CrlFile[]) => pool.run("judgeFiles", { setting: shared, files: sendable(task) });
    const here = (task: readonly CrlFile[]) => judgeHere(sendable(task), setting);
    for await (const [task, results] of mapInOrder(tasksOf(files), pool.threads * 2, judge, here)) {
      const received = results.values();
      for (const file of task) yield file.objects ? judgeFile(file, setting) : (received.next().value ?? []);
    }
  } finally {
    await pool.close();
  }
}

/** Files that this thread judges before it looks whether a worker waits for the next task. */
const breath = 4;

async function judgeHere(files: readonly CrlFile[], setting: Setting): Promise<readonly (readonly Run[])[]> {
  const runs: (readonly Run[])[] = [];
  for (const file of files) {
    runs.push(judgeFile(file, setting));
    if (runs.length % breath === 0) await setImmediate();
  }
  return runs;
}

/** A setting in memory that all workers see, so that it is sent with every task and copied with none. */
function share(sent: SentSetting): Uint8Array {
  const bytes = serialize(sent);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function* tasksOf(files: readonly CrlFile[]): Iterable<readonly CrlFile[]> {
  let task: CrlFile[] = [];
  let octets = 0;
  for (const file of files) {
    task.push(file);
    octets += file.size;
    if (task.length < taskSize.files && octets < taskSize.octets) continue;
    yield task;
    task = [];
    octets = 0;
  }
  if (task.length > 0) yield task;
}
