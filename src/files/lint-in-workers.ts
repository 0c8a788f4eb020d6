import { availableParallelism } from "node:os";
import { isSea } from "node:sea";
import { setImmediate } from "node:timers/promises";
import type { Run } from "../rule/report.ts";
import { outOfMemory } from "./input-findings.ts";
import { type CrlFile, lintFile } from "./lint-file.ts";
import type { LintSetup } from "./lint-setup.ts";
import { mapInOrder } from "./map-in-order.ts";
import { ownRun } from "./own-run.ts";
import { share } from "./share.ts";
import type { SentSetup } from "./sent-setup.ts";
import { codeOf } from "./system-error.ts";
import { openPool, type Pool } from "./worker-pool.ts";

/** Workers that lint files. */
export type LintPool = Pool<typeof import("./worker.ts")>;

/** The file that workers run, in the bundle or in the source. */
const entry = new URL(import.meta.url.endsWith(".ts") ? "worker-source.mjs" : "worker.cjs", import.meta.url);

/** Starts workers that lint files. */
export function openLintPool(threads: number): Promise<LintPool> {
  return openPool(entry, threads);
}

/**
 * Number of files of one task, or of bytes if that is reached first. Sending a task must cost little compared to its
 * work.
 */
const taskSize = { files: 64, bytes: 2 ** 22 } as const;

/** Files, or bytes, per thread from which one more thread is faster. The number of files applies only with --jobs. */
const perWorker = { files: 1024, bytes: 2 ** 25 } as const;

/**
 * Files per thread without --jobs. One more worker then gains as much as it costs: it must compile and warm up the same
 * code again.
 */
const defaultFilesPerWorker = 16_384;

/** Returns the number of workers to start for some files; 0 if they are linted faster without any. */
export function workersFor(files: readonly CrlFile[], jobs?: number): number {
  if (files.every(({ objects }) => objects !== undefined)) return 0;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return spread(files.length, bytes, jobs);
}

/** Returns the number of threads in addition to this one. A single executable has no file that a thread could run. */
function spread(files: number, bytes: number, jobs: number | undefined): number {
  if (isSea()) return 0;
  const each = jobs === undefined ? defaultFilesPerWorker : perWorker.files;
  const worth = Math.floor(files / each + bytes / perWorker.bytes);
  return Math.max(Math.min(worth, jobs ?? availableParallelism()) - 1, 0);
}

/**
 * Starts the workers that a number of files justifies, before anything else is known of the files; undefined if none is
 * justified.
 */
export function startWorkers(files: number, jobs?: number): Promise<LintPool> | undefined {
  const threads = spread(files, 0, jobs);
  return threads === 0 ? undefined : openLintPool(threads);
}

/**
 * Lints files in workers, and in this thread while it would wait for them. Returns the runs of each file, in the order
 * of the files. For any number of files, the amount of data that is read or linted but not yet consumed is bounded.
 * Always closes the pool at the end.
 */
export async function* lintInWorkers(
  files: readonly CrlFile[],
  setup: LintSetup,
  sent: SentSetup,
  pool: LintPool,
): AsyncIterable<readonly Run[]> {
  const shared = share(sent);
  try {
    // Files whose objects are kept in this thread are linted in it, in their turn; there are very few.
    const sendable = (task: readonly CrlFile[]) => task.filter(({ objects }) => objects === undefined);
    const send = (some: readonly CrlFile[]) => pool.run("lintTask", { setup: shared, files: some });
    const there = (task: readonly CrlFile[]) => linted(sendable(task), send, setup);
    const here = (task: readonly CrlFile[]) => lintHere(sendable(task), setup);
    for await (const [task, results] of mapInOrder(tasksOf(files), pool.threads * 2, there, here)) {
      const received = results.values();
      for (const file of task) yield file.objects ? lintFile(file, setup) : (received.next().value ?? []);
    }
  } finally {
    await pool.close();
  }
}

/**
 * Lints files in a worker. One that runs out of memory ends without the results of all its files: each is then linted
 * again by itself, in a new worker, and only the file that needs too much memory is without a result.
 */
async function linted(
  files: readonly CrlFile[],
  send: (files: readonly CrlFile[]) => Promise<readonly (readonly Run[])[]>,
  { shared, options }: LintSetup,
): Promise<readonly (readonly Run[])[]> {
  const all = await sent(files, send);
  if (all !== undefined) return all;
  const runs: (readonly Run[])[] = [];
  for (const file of files) {
    const own = await sent([file], send);
    runs.push(...(own ?? [[ownRun(outOfMemory(file.name), shared.form, options.selection.profiles)]]));
  }
  return runs;
}

/** Returns the runs of each file; undefined if the worker ran out of memory. */
async function sent(
  files: readonly CrlFile[],
  send: (files: readonly CrlFile[]) => Promise<readonly (readonly Run[])[]>,
): Promise<readonly (readonly Run[])[] | undefined> {
  try {
    return await send(files);
  } catch (error) {
    if (codeOf(error) === "ERR_WORKER_OUT_OF_MEMORY") return undefined;
    throw error;
  }
}

/** Number of files that this thread lints before it checks whether a worker waits for the next task. */
const filesPerTurn = 4;

async function lintHere(files: readonly CrlFile[], setup: LintSetup): Promise<readonly (readonly Run[])[]> {
  const runs: (readonly Run[])[] = [];
  for (const file of files) {
    runs.push(lintFile(file, setup));
    if (runs.length % filesPerTurn === 0) await setImmediate();
  }
  return runs;
}

function* tasksOf(files: readonly CrlFile[]): Iterable<readonly CrlFile[]> {
  let task: CrlFile[] = [];
  let bytes = 0;
  for (const file of files) {
    task.push(file);
    bytes += file.size;
    if (task.length < taskSize.files && bytes < taskSize.bytes) continue;
    yield task;
    task = [];
    bytes = 0;
  }
  if (task.length > 0) yield task;
}
