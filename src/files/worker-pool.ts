import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";

/** The tasks there are: what `worker.ts` exports. */
type Tasks = typeof import("./worker.ts");

/** Name of a task. */
export type TaskName = keyof Tasks;

/** What a task is given: one argument that can be cloned. */
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[0];

/** What a task gives. */
export type TaskResult<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>;

/** How many workers a pool has, and what each may take. */
export interface PoolOptions {
  /** Worker threads, from 1; they are started at once. Default: one for each processor. */
  readonly threads?: number;
  /** Most heap of a worker, in MiB. A task that needs more loses its worker, and no other task. Default: Node's. */
  readonly heapMb?: number;
}

/** How one task runs. */
export interface TaskOptions {
  /** Ends the task wherever it stands, in the queue or in a loop; its worker is replaced. */
  readonly signal?: AbortSignal;
  /** Memory that moves to the worker instead of being copied: the caller has it no longer. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Workers that take tasks in the order in which they come. */
export interface Pool {
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
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: TaskOptions): Promise<TaskResult<N>>;
  /** Ends all workers, whatever they are at; no task can be run behind it. */
  close(): Promise<void>;
}

/** A task needed more heap than its worker may take. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
}

/** What a worker loads: of the bundle, or of the source. */
const entry = import.meta.url.endsWith(".ts") ? "worker-source.mjs" : "worker.cjs";

/** Opens a pool. Idle workers keep no process from ending. */
export async function openPool(options: PoolOptions = {}): Promise<Pool> {
  const { Tinypool: Workers } = await import("tinypool");
  return new WorkerPool(Workers, options);
}

class WorkerPool implements Pool {
  readonly threads: number;
  readonly #start: () => Tinypool;
  /** What ends a task from here, of each that is not done. */
  readonly #cutOff = new Set<(reason: Error) => void>();
  #workers: Tinypool | undefined;

  constructor(Workers: typeof Tinypool, { threads = availableParallelism(), heapMb }: PoolOptions) {
    this.threads = threads;
    this.#start = () =>
      new Workers({
        filename: fileURLToPath(new URL(entry, import.meta.url)),
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

  async run<N extends TaskName>(
    name: N,
    input: TaskInput<N>,
    { signal, transfer }: TaskOptions = {},
  ): Promise<TaskResult<N>> {
    signal?.throwIfAborted();
    this.#workers ??= this.#open();
    const options = { name, ...(signal && { signal }), ...(transfer && { transferList: [...transfer] }) };
    try {
      return (await this.#untilClosed(this.#workers.run(input, options))) as TaskResult<N>;
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

  #untilClosed<T>(task: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = (): void => void this.#cutOff.delete(reject);
      this.#cutOff.add(reject);
      task.finally(done).then(resolve, reject);
    });
  }

  #open(): Tinypool {
    const workers = this.#start();
    // A worker without a task has ended. Once none is left, nobody would ever take what waits.
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
