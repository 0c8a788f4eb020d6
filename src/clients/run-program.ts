import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Trial } from "./client.ts";

/** How a program ended. */
export interface Ended {
  /** Its exit code; undefined if it was ended because it took too long. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a program without a shell, with messages in English.
 *
 * @param seconds the longest that it may take
 * @returns undefined if there is no such program
 */
export function runProgram(
  program: string,
  args: readonly string[],
  seconds: number,
  input = "",
): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    const options = {
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      maxBuffer: 2 ** 26,
      env: { ...process.env, LC_ALL: "C" },
    } as const;
    const child = execFile(program, args, options, (error, out, err) => {
      if (error === null) return resolve({ code: 0, out, err });
      const { code } = error;
      if (code === "ENOENT" || code === "EACCES") return resolve(undefined);
      resolve({ code: typeof code === "number" ? code : undefined, out, err });
    });
    // A program that ends before it has read its input closes the pipe.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** Calls a function with a new directory, which is then removed. */
export async function withDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "crllint-clients-"));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Asks a client about trials one by one, with one directory for the files of each. */
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
