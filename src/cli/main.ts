#!/usr/bin/env node
import { join } from "node:path";
import { isSea } from "node:sea";
import type { Io } from "./io.ts";
import { loadCore } from "./load-core.ts";
import { workerCommand } from "./worker-command.ts";
import { isNoTerminal, writeTo } from "./write-to.ts";

// Only the bundle, which is CommonJS, has a core to load: all that a lint run needs, in one file. A single executable has
// everything inside.
const isBundle = typeof __dirname === "string";
const storeCode = isBundle && !isSea() ? loadCore(join(__dirname, "core.cjs"), require, process.env) : undefined;

/** Whether a CRL was linted, so V8 has compiled what most runs need. */
let hasLinted = false;

/** Found out when first asked for. */
let isErrorTty: boolean | undefined;

const io: Io = {
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
    if (isSea()) return [];
    // The source needs the loader that Node was started with.
    return [...(isBundle ? [] : process.execArgv), process.argv[1] ?? ""];
  },
  now: () => Date.now() / 1000,
  onLinted() {
    hasLinted = true;
  },
};

async function main(): Promise<void> {
  if (process.argv[2] === workerCommand && process.send !== undefined) {
    const { answerRequests } = await import("./serve-worker.ts");
    answerRequests();
    return;
  }
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), io);
  if (hasLinted) storeCode?.();
}

// Bundled as CommonJS, which knows no await at this level.
void main();
