#!/usr/bin/env node
import { loadWithCodeCache } from "./code-cache.ts";
import type { Io } from "./io.ts";

// Only the bundle, which is CommonJS, has a core to load: all that a lint run needs, in one file.
if (typeof __dirname === "string") loadWithCodeCache(`${__dirname}/core.cjs`, require.cache);

/** Writes to a stream; false where its reader has gone away. Other faults (a full disk) are thrown. */
function writeTo(name: "stdout" | "stderr"): (text: string) => Promise<boolean> {
  let stream: NodeJS.WriteStream | undefined;
  return (text) =>
    new Promise((resolve, reject) => {
      // Opening a stream takes as long as many a rule: standard error is hardly ever written to.
      // The callback of `write` tells of faults; without a listener the same one would end the process.
      stream ??= process[name].on("error", () => {});
      stream.write(text, (error) => {
        if (!error) resolve(true);
        else if ("code" in error && error.code === "EPIPE") resolve(false);
        else reject(error);
      });
    });
}

const io: Io = {
  write: writeTo("stdout"),
  writeError: writeTo("stderr"),
  readStdin: () => process.stdin,
  env: process.env,
  isTty: process.stdout.isTTY,
  columns: process.stdout.columns,
  get isErrorTty() {
    return process.stderr.isTTY;
  },
  now: () => Date.now() / 1000,
};

async function main(): Promise<void> {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), io);
}

// Bundled as CommonJS, which knows no await at this level.
void main();
