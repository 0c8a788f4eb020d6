import { writeSync } from "node:fs";
import type { Io } from "./io.ts";
import { run } from "./run.ts";
import { workerCommand } from "./worker-command.ts";
import { isNoTerminal, writeTo } from "./write-to.ts";

/**
 * Runs the command line of this process, and ends the process.
 *
 * @param storeCode stores the code that V8 has compiled, for later runs
 */
export async function start(storeCode: (() => void) | undefined): Promise<void> {
  if (process.argv[2] === workerCommand && process.send !== undefined) {
    const { answerRequests } = await import("./serve-worker.ts");
    answerRequests();
    return;
  }
  let hasLinted = false;
  const onLinted = (): void => {
    hasLinted = true;
  };
  // If nothing is left to wait for, Node ends the process although the run has not ended: that must not count as passed.
  process.exitCode = 2;
  process.once("beforeExit", () => {
    writeSync(2, "error: crllint ended before its work was done: one of its threads or processes is gone\n");
  });
  // It fails only if standard error cannot be written.
  process.exitCode = await run(process.argv.slice(2), makeIo(onLinted)).catch(() => 2);
  // A run that lints a CRL compiles the code that most runs need; others compile little of it.
  if (hasLinted) storeCode?.();
  // Everything is written. Clearing the memory of a process takes as long as reading a CRL.
  process.exit();
}

function makeIo(onLinted: () => void): Io {
  /** Computed when it is first needed. */
  let isErrorTty: boolean | undefined;
  return {
    write: writeTo("stdout"),
    writeError: writeTo("stderr"),
    readStdin: () => process.stdin,
    env: process.env,
    isTty: !isNoTerminal("stdout") && process.stdout.isTTY,
    columns: isNoTerminal("stdout") ? undefined : process.stdout.columns,
    get isErrorTty() {
      return (isErrorTty ??= !isNoTerminal("stderr") && process.stderr.isTTY);
    },
    get program() {
      // Loaded only here: most runs start no other process.
      if (process.getBuiltinModule("node:sea").isSea()) return [];
      // Code that is not bundled needs the loader that Node was started with.
      const isBundle = typeof __dirname === "string";
      return [...(isBundle ? [] : process.execArgv), process.argv[1] ?? ""];
    },
    now: () => Date.now() / 1000,
    onLinted,
  };
}
