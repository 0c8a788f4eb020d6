#!/usr/bin/env node
import { secondsNow } from "./clock.ts";
import type { Io } from "./io.ts";

/** Writes to a stream; false where its reader has gone away. Other faults (a full disk) are thrown. */
function writeTo(stream: NodeJS.WriteStream): (text: string) => Promise<boolean> {
  // The callback of `write` tells; without a listener the same fault would end the process.
  stream.on("error", () => {});
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => {
        if (!error) resolve(true);
        else if ("code" in error && error.code === "EPIPE") resolve(false);
        else reject(error);
      });
    });
}

const io: Io = {
  write: writeTo(process.stdout),
  writeError: writeTo(process.stderr),
  readStdin: () => process.stdin,
  env: process.env,
  isTty: process.stdout.isTTY,
  columns: process.stdout.columns,
  isErrorTty: process.stderr.isTTY,
  now: secondsNow,
};

async function main(): Promise<void> {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2), io);
}

// Bundled as CommonJS, which knows no await at this level.
void main();
