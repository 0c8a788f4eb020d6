import { problemAnswer } from "../serve/answer.ts";
import { Budget } from "../serve/budget.ts";
import { smallInput } from "../serve/admission.ts";
import { Problem } from "../serve/problem.ts";
import { type WorkRequest, wantsHtml } from "../serve/respond.ts";
import type { DoWork } from "../serve/work.ts";
import type { Answer } from "../serve/answer.ts";
import { type WorkerOptions, WorkerProcess, OutOfMemoryError } from "./serve-process.ts";

/**
 * Processes that answer requests. Large inputs may use all processes but one, and get the next of these that is free.
 * Small inputs are linted at the same time, and do not delay large ones. If there is one process, they take turns.
 */
export class Workers {
  readonly count: number;
  readonly #options: WorkerOptions;
  readonly #turns: Budget;
  readonly #turnsOfLarge: Budget;
  readonly #all = new Set<WorkerProcess>();
  readonly #idle: WorkerProcess[] = [];
  #isClosed = false;

  constructor(count: number, options: WorkerOptions) {
    this.count = count;
    this.#options = options;
    this.#turns = new Budget(count);
    this.#turnsOfLarge = new Budget(Math.max(1, count - 1));
    for (let i = 0; i < count; i += 1) this.#idle.push(this.#start());
  }

  /** Number of processes that answer a request. */
  get running(): number {
    return this.#turns.used;
  }

  /** Number of inputs that wait for a process. */
  get waiting(): number {
    return this.#turns.waiting + this.#turnsOfLarge.waiting;
  }

  /** Answers a request. If the signal aborts before the answer, the process is killed and replaced. */
  readonly doWork: DoWork = async (asked, signal) => {
    const leave = await this.#takeTurn(asked.body.length > smallInput, signal);
    try {
      return await this.#answer(asked, signal);
    } catch (error) {
      if (!(error instanceof OutOfMemoryError)) throw error;
      return problemAnswer(new Problem("out-of-memory"), wantsHtml(asked.accept));
    } finally {
      leave();
    }
  };

  /** Ends all processes, even busy ones. None is started for requests that still wait. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((worker) => worker.kill()));
  }

  async #answer(asked: WorkRequest, signal: AbortSignal): Promise<Answer> {
    if (this.#isClosed) throw new Problem("stopping");
    // Checked before a process is taken, so none must be killed.
    signal.throwIfAborted();
    let worker = this.#idle.pop();
    // A process may have ended since its last answer.
    while (worker?.isAlive === false) {
      this.#all.delete(worker);
      worker = this.#idle.pop();
    }
    if (worker === undefined) return this.#answerWith(this.#start(), asked, signal);
    try {
      return await this.#answerWith(worker, asked, signal);
    } catch (error) {
      // What ended a process that had not begun, such as a signal from outside, has another cause than the request.
      if (worker.hasBegun || signal.aborted || this.#isClosed) throw error;
      return this.#answerWith(this.#start(), asked, signal);
    }
  }

  async #answerWith(worker: WorkerProcess, asked: WorkRequest, signal: AbortSignal): Promise<Answer> {
    try {
      return await worker.answer(asked, signal);
    } catch (error) {
      // The service killed it.
      if (this.#isClosed) throw new Problem("stopping");
      throw error;
    } finally {
      if (worker.isAlive && !signal.aborted) this.#idle.push(worker);
      else this.#all.delete(worker);
    }
  }

  async #takeTurn(isLarge: boolean, signal: AbortSignal): Promise<() => void> {
    if (!isLarge) return this.#turns.take(1, signal);
    const leaveLarge = await this.#turnsOfLarge.take(1, signal);
    try {
      const leave = await this.#turns.take(1, signal, true);
      return () => {
        leave();
        leaveLarge();
      };
    } catch (error) {
      leaveLarge();
      throw error;
    }
  }

  #start(): WorkerProcess {
    const worker = new WorkerProcess(this.#options);
    this.#all.add(worker);
    return worker;
  }
}
