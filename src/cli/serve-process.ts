import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { escapeText } from "../name/escape.ts";
import type { Artefact } from "../input/read.ts";
import type { Answer } from "../serve/answer.ts";
import type { WorkRequest } from "../serve/respond.ts";
import { workerCommand } from "./worker-command.ts";

/** Message to a worker: first the certificates of the store of issuers, then requests, one at a time. */
export type WorkerInput = { readonly issuers: readonly Artefact[] } | { readonly asked: WorkRequest };

/** Message from a worker about a request: that it begins, then the answer or the message of what was thrown. */
export type WorkerOutput = { readonly begun: true } | { readonly answer: Answer } | { readonly fault: string };

/** Thrown if a request needed more memory than a worker may use. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
}

/** Options for starting workers. */
export interface WorkerOptions {
  /** Arguments with which Node runs crllint. */
  readonly program: readonly string[];
  /** Maximum heap of one worker, in MiB. */
  readonly heapMb: number;
  /** Certificates of the store of issuers, if there is one. */
  readonly issuers: readonly Artefact[] | undefined;
}

/** Starts crllint as a worker. */
function start({ program, heapMb }: WorkerOptions): ChildProcess {
  // A single executable does not accept options of Node as arguments.
  const options = `${process.env["NODE_OPTIONS"] ?? ""} --max-old-space-size=${heapMb}`;
  return spawn(process.execPath, [...program, workerCommand], {
    env: { ...process.env, NODE_OPTIONS: options },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Exit code of a process that called `abort`, if a signal does not end it. */
const aborted = 134;

/**
 * A process that answers requests, one at a time. It is not a thread because code of the engine that checks for no
 * interrupt, such as JSON.parse, cannot be stopped in a thread. Also, on some versions of Node, a thread that exceeds
 * its heap ends the whole process.
 */
export class WorkerProcess {
  readonly #process: ChildProcess;
  #errors = "";
  #hasBegun = false;

  constructor(options: WorkerOptions) {
    this.#process = start(options);
    // The first lines explain why a process cannot start.
    this.#process.stderr?.on("data", (piece) => (this.#errors = `${this.#errors}${String(piece)}`.slice(0, 1000)));
    // Without a listener, the error would end this process. The exit event informs `answer`.
    this.#process.on("error", () => {});
    if (options.issuers !== undefined) this.#send({ issuers: options.issuers });
  }

  /** Whether the process can receive a request. */
  get isAlive(): boolean {
    return this.#process.connected && !this.#hasEnded;
  }

  /** Whether it began to answer the last request that it was sent. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /**
   * Answers a request.
   *
   * @throws OutOfMemoryError; the reason of the signal, in which case the process is killed; an error of the process
   */
  async answer(asked: WorkRequest, signal: AbortSignal): Promise<Answer> {
    this.#hasBegun = false;
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        this.#process.off("message", receive).off("exit", end);
        signal.removeEventListener("abort", abort);
        done();
      };
      const receive = (output: unknown): void => {
        const result = output as WorkerOutput;
        if ("begun" in result) this.#hasBegun = true;
        else settle(() => ("answer" in result ? resolve(result.answer) : reject(new Error(result.fault))));
      };
      const end = (code: number | null, by: string | null): void => settle(() => reject(this.#reasonOf(code, by)));
      const abort = (): void => {
        void this.kill();
        settle(() => reject(signal.reason as Error));
      };
      this.#process.on("message", receive).on("exit", end);
      signal.addEventListener("abort", abort, { once: true });
      this.#send({ asked });
    });
  }

  /** Ends the process, even if it is busy. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** Sends a message. Errors are ignored: if the process has ended, its exit event reports that. */
  #send(input: WorkerInput): void {
    this.#process.send(input, () => {});
  }

  #reasonOf(code: number | null, signal: string | null): Error {
    // The engine aborts when a heap is full. The system kills a process when memory is full.
    if (code === aborted || signal === "SIGABRT" || signal === "SIGKILL") return new OutOfMemoryError();
    const errors = escapeText(this.#errors, { max: 500 });
    return new Error(`a process that lints ended with ${signal ?? `exit code ${code}`}: ${errors}`);
  }
}
