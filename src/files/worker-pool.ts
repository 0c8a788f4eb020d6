import { fileURLToPath } from "node:url";
import type { Tinypool } from "tinypool";

/** The tasks of a pool's workers: functions that their file exports, each with one argument that can be cloned. */
type TasksOf<T> = { readonly [N in keyof T]: (input: never) => unknown };

/** Workers that take tasks in the order in which they are added. */
export interface Pool<T extends TasksOf<T>> {
  readonly threads: number;
  /**
   * Runs a task.
   *
   * @throws the error of the task, or an error if its worker ends. Other tasks are not affected.
   */
  run<N extends keyof T & string>(name: N, input: Parameters<T[N]>[0]): Promise<Awaited<ReturnType<T[N]>>>;
  /** Ends all workers, even busy ones. No task can be run afterwards. */
  close(): Promise<void>;
}

/**
 * Opens a pool. Idle workers do not keep the process running.
 *
 * @param entry the file that workers run; its exports are the tasks
 * @param threads number of worker threads, at least 1. All are started at once
 */
export async function openPool<T extends TasksOf<T>>(entry: URL, threads: number): Promise<Pool<T>> {
  const { Tinypool: Workers } = await import("tinypool");
  return new WorkerPool<T>(Workers, entry, threads);
}

class WorkerPool<T extends TasksOf<T>> implements Pool<T> {
  readonly threads: number;
  readonly #start: () => Tinypool;
  /** Rejects each task that is not done. */
  readonly #cutOff = new Set<(reason: Error) => void>();
  #workers: Tinypool | undefined;

  constructor(Workers: typeof Tinypool, entry: URL, threads: number) {
    this.threads = threads;
    this.#start = () =>
      new Workers({
        filename: fileURLToPath(entry),
        minThreads: threads,
        maxThreads: threads,
      });
    this.#workers = this.#open();
  }

  async run<N extends keyof T & string>(name: N, input: Parameters<T[N]>[0]): Promise<Awaited<ReturnType<T[N]>>> {
    this.#workers ??= this.#open();
    return (await this.#untilClosed(this.#workers.run(input, { name }))) as Awaited<ReturnType<T[N]>>;
  }

  async close(): Promise<void> {
    for (const reject of this.#cutOff) reject(new Error("the pool was closed"));
    this.#cutOff.clear();
    // `destroy` fails, and brings the process down, if a worker dies at the same time.
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
    // A worker without a task has ended. If none is left, no worker would take the waiting tasks.
    workers.on("error", () => {
      if (workers.threads.length > 0) return;
      if (this.#workers === workers) this.#workers = undefined;
      workers.cancelPendingTasks();
    });
    return workers;
  }
}
