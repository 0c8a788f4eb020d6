import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";

/** The tasks of a pool's workers: functions that the file they run exports, each of one argument that can be cloned. */
type TasksOf<T> = { readonly [N in keyof T]: (input: never) => unknown };

/** What a task is given. */
export type TaskInput<T extends TasksOf<T>, N extends keyof T> = Parameters<T[N]>[0];

/** What a task returns. */
export type TaskResult<T extends TasksOf<T>, N extends keyof T> = Awaited<ReturnType<T[N]>>;

/** How many workers a pool has, and what each may take. */
export interface PoolOptions {
  /** Worker threads, from 1; they are started at once. Default: one for each processor. */
  readonly threads?: number;
  /** Maximum heap of a worker, in MiB. A task that needs more loses its worker, and no other task. Default: Node's. */
  readonly heapMb?: number;
}

/** How one task runs. */
export interface TaskOptions {
  /** Ends the task at any stage, in the queue or in a loop; its worker is replaced. */
  readonly signal?: AbortSignal;
  /** Memory that moves to the worker instead of being copied: the caller no longer has it. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Workers that take tasks in the order in which they come. */
export interface Pool<T extends TasksOf<T>> {
  readonly threads: number;
  /** Tasks at work. */
  readonly running: number;
  /** Tasks in the queue. */
  readonly waiting: number;
  /**
   * Runs a task.
   *
   * @throws OutOfMemoryError; the signal's reason; what the task throws. No other task is concerned.
   */
  run<N extends keyof T & string>(name: N, input: TaskInput<T, N>, options?: TaskOptions): Promise<TaskResult<T, N>>;
  /** Ends all workers, whatever they do; no task can be run afterwards. */
  close(): Promise<void>;
}

/** A task needed more heap than its worker may take. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
}

/**
 * Opens a pool. Idle workers do not keep the process running.
 *
 * @param entry the file that workers run; its exports are the tasks
 */
export async function openPool<T extends TasksOf<T>>(entry: URL, options: PoolOptions = {}): Promise<Pool<T>> {
  const { Tinypool: Workers } = await import("tinypool");
  return new WorkerPool<T>(Workers, entry, options);
}

class WorkerPool<T extends TasksOf<T>> implements Pool<T> {
  readonly threads: number;
  readonly #start: () => Tinypool;
  /** What ends a task from here, of each that is not done. */
  readonly #cutOff = new Set<(reason: Error) => void>();
  #workers: Tinypool | undefined;

  constructor(Workers: typeof Tinypool, entry: URL, { threads = availableParallelism(), heapMb }: PoolOptions) {
    this.threads = threads;
    this.#start = () =>
      new Workers({
        filename: fileURLToPath(entry),
        minThreads: threads,
        maxThreads: threads,
        ...(heapMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMb } }),
      });
    this.#workers = this.#open();
  }

  get running(): number {
    return Math.min(this.#cutOff.size, this.threads);
  }

  get waiting(): number {
    return Math.max(this.#cutOff.size - this.threads, 0);
  }

  async run<N extends keyof T & string>(
    name: N,
    input: TaskInput<T, N>,
    { signal, transfer }: TaskOptions = {},
  ): Promise<TaskResult<T, N>> {
    signal?.throwIfAborted();
    this.#workers ??= this.#open();
    const options = { name, ...(signal && { signal }), ...(transfer && { transferList: [...transfer] }) };
    try {
      return (await this.#untilClosed(this.#workers.run(input, options))) as TaskResult<T, N>;
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw isOutOfMemory(error) ? new OutOfMemoryError("a worker ran out of memory", { cause: error }) : error;
    }
  }

  async close(): Promise<void> {
    for (const reject of this.#cutOff) reject(new Error("the pool was closed"));
    this.#cutOff.clear();
    // Not `destroy`: it fails, and brings the process down, where a worker happens to die meanwhile.
    await Promise.all((this.#workers?.threads ?? []).map((worker) => worker.terminate()));
  }

  #untilClosed<R>(task: Promise<R>): Promise<R> {
    return new Promise((resolve, reject) => {
      const done = (): void => void this.#cutOff.delete(reject);
      this.#cutOff.add(reject);
      task.finally(done).then(resolve, reject);
    });
  }

  #open(): Tinypool {
    const workers = this.#start();
    // A worker without a task has ended. Once none is left, no worker would take what waits.
    workers.on("error", () => {
      if (workers.threads.length > 0) return;
      if (this.#workers === workers) this.#workers = undefined;
      workers.cancelPendingTasks();
    });
    return workers;
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
