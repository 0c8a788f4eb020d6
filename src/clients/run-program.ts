import { type ChildProcess, execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Trial } from "./client.ts";

/** Result of a program that ended. */
export interface Ended {
  /** Its exit code; undefined if it was stopped because it took too long. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

/** Programs that run now, and directories that are in use. */
const running = new Set<ChildProcess>();
const directories = new Set<string>();

/** Ends all programs that run now, and removes their directories: this process ends before they do. */
export function abandonAll(): void {
  for (const child of running) child.kill("SIGKILL");
  for (const directory of directories) removeDirectory(directory);
}

/**
 * Runs a program without a shell, with messages in English.
 *
 * @param seconds maximum time that it may take
 * @param env further variables of its environment
 * @returns its result; undefined if there is no such program
 */
export function runProgram(
  program: string,
  args: readonly string[],
  seconds: number,
  input = "",
  env: Readonly<Record<string, string>> = {},
): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    const options = {
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      maxBuffer: 2 ** 26,
      env: { ...process.env, LC_ALL: "C", ...env },
    } as const;
    const child = execFile(program, args, options, (error, out, err) => {
      running.delete(child);
      if (error === null) return resolve({ code: 0, out, err });
      const { code } = error;
      if (code === "ENOENT" || code === "EACCES") return resolve(undefined);
      resolve({ code: typeof code === "number" ? code : undefined, out, err });
    });
    // If there is no such program, `kill` of the child would end all processes of this group.
    if (child.pid !== undefined) running.add(child);
    // A program that ends before it has read its input closes the pipe.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** Calls a function with a new directory, and then removes the directory. */
export async function withDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "crllint-clients-"));
  directories.add(directory);
  try {
    return await use(directory);
  } finally {
    removeDirectory(directory);
  }
}

function removeDirectory(directory: string): void {
  // A program that was ended may have left another one that writes into the directory: it is then tried again.
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  directories.delete(directory);
}

/** Runs a client on trials one after another. All use one directory for their files. */
export function verifyEach(
  trials: readonly Trial[],
  verifyOne: (trial: Trial, directory: string) => Promise<Answer>,
): Promise<readonly Answer[]> {
  return withDirectory(async (directory) => {
    const answers: Answer[] = [];
    for (const trial of trials) answers.push(await verifyOne(trial, directory));
    return answers;
  });
}
