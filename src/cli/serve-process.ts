import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { escapeText } from "../name/escape.ts";
import type { Artefact } from "../input/read.ts";
import type { Answer } from "../serve/answer.ts";
import type { Asked } from "../serve/respond.ts";
import { workerCommand } from "./worker-command.ts";

/** What a worker receives: first the certificates of the store of issuers, then requests, one at a time. */
export type WorkerInput = { readonly issuers: readonly Artefact[] } | { readonly asked: Asked };

/** What a worker sends for a request: the answer, or the message of what was thrown. */
export type WorkerOutput = { readonly answer: Answer } | { readonly fault: string };

/** A request needed more memory than a worker may use. */
export class OutOfMemoryError extends Error {
  override readonly name = "OutOfMemoryError";
}

/** How workers are started. */
export interface WorkerOptions {
  /** What Node runs as crllint. */
  readonly program: readonly string[];
  /** Maximum heap of one, in MiB. */
  readonly heapMb: number;
  /** Certificates of the store of issuers, if there is one. */
  readonly issuers: readonly Artefact[] | undefined;
}

/** Starts crllint as a worker. */
function start({ program, heapMb }: WorkerOptions): ChildProcess {
  // A single executable takes no options of Node as arguments.
  const options = `${process.env["NODE_OPTIONS"] ?? ""} --max-old-space-size=${heapMb}`;
  return spawn(process.execPath, [...program, workerCommand], {
    env: { ...process.env, NODE_OPTIONS: options },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Exit code of a process that called `abort`, where it does not end by a signal. */
const aborted = 134;

/**
 * A process that answers requests, one at a time. It is a process and not a thread because a thread cannot be ended
 * while it runs code of the engine that checks for no interrupt, such as JSON.parse, and because a thread that exceeds
 * its heap ends the whole process on some versions of Node.
 */
export class WorkerProcess {
  readonly #process: ChildProcess;
  #errors = "";

  constructor(options: WorkerOptions) {
    this.#process = start(options);
    // The first lines say why a process cannot start.
    this.#process.stderr?.on("data", (piece) => (this.#errors = `${this.#errors}${String(piece)}`.slice(0, 1000)));
    // Without a listener, the error would end this process. `answer` learns of it by the exit.
    this.#process.on("error", () => {});
    if (options.issuers !== undefined) this.#send({ issuers: options.issuers });
  }

  /** Whether it can take a request. */
  get isAlive(): boolean {
    return this.#process.connected;
  }

  /**
   * Answers a request.
   *
   * @throws OutOfMemoryError; the signal's reason, in which case the process is killed; what was thrown there
   */
  async answer(asked: Asked, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (done: () => void): void => {
        this.#process.off("message", receive).off("exit", end);
        signal.removeEventListener("abort", abort);
        done();
      };
      const receive = (output: unknown): void => {
        const result = output as WorkerOutput;
        settle(() => ("answer" in result ? resolve(result.answer) : reject(new Error(result.fault))));
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

  /** Ends the process, whatever it does. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  /** If the process has ended, its exit says so. */
  #send(input: WorkerInput): void {
    this.#process.send(input, () => {});
  }

  #reasonOf(code: number | null, signal: string | null): Error {
    // The engine aborts where a heap is full. The system kills a process where memory is.
    if (code === aborted || signal === "SIGABRT" || signal === "SIGKILL") return new OutOfMemoryError();
    const errors = escapeText(this.#errors, { max: 500 });
    return new Error(`a process that lints ended with ${signal ?? `exit code ${code}`}: ${errors}`);
  }
}
