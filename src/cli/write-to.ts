import { fstatSync, statSync, write } from "node:fs";
import { codeOf, reasonOf } from "../files/system-error.ts";
import { UsageError } from "../options/usage-error.ts";

const descriptors = { stdout: 1, stderr: 2 } as const;
const names = { stdout: "standard output", stderr: "standard error" } as const;

/** Name of an output stream. */
export type StreamName = keyof typeof descriptors;

/**
 * Whether a stream is known not to be a terminal, so its width and colors are not needed. Opening Node's stream to find
 * out takes as long as linting a CRL.
 */
export function isNoTerminal(name: StreamName): boolean {
  try {
    if (process.platform === "win32") return false;
    const status = fstatSync(descriptors[name]);
    return !status.isCharacterDevice() || status.rdev === statSync("/dev/null").rdev;
  } catch {
    // The descriptor is closed. Node's stream reports the error.
    return false;
  }
}

/**
 * Returns a function that writes to a stream, and returns false if the reader closed the pipe. A file or a pipe is
 * written to directly. A terminal, and a full pipe that does not block, are written to through Node's stream. A direct
 * write waits in another thread, so a signal ends crllint even if its pipe is not read. Node's stream of a pipe does
 * not do that.
 *
 * @returns a function that throws a UsageError for other errors of the stream, such as a full disk
 */
export function writeTo(name: StreamName): (text: string) => Promise<boolean> {
  let stream: NodeJS.WriteStream | undefined;
  const isDirect = isNoTerminal(name);
  return async (text) => {
    const bytes = Buffer.from(text);
    try {
      const written = isDirect && stream === undefined ? await writeDirectly(descriptors[name], bytes) : 0;
      if (written === bytes.length) return true;
      // Without a listener, an error that the callback of `write` receives would end the process.
      stream ??= process[name].on("error", () => {});
      await writeToStream(stream, bytes.subarray(written));
      return true;
    } catch (error) {
      if (codeOf(error) === "EPIPE") return false;
      throw new UsageError(`cannot write to ${names[name]}: ${reasonOf(error)}`, { cause: error });
    }
  };
}

/** Writes to a file or a pipe. Returns the number of bytes written before it was full and did not block. */
async function writeDirectly(descriptor: number, bytes: Uint8Array): Promise<number> {
  let written = 0;
  while (written < bytes.length) {
    const count = await writeSome(descriptor, bytes.subarray(written));
    if (count === undefined) return written;
    written += count;
  }
  return written;
}

function writeSome(descriptor: number, bytes: Uint8Array): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, (error, count) => {
      if (error === null) resolve(count);
      else if (error.code === "EAGAIN") resolve(undefined);
      else reject(error);
    });
  });
}

function writeToStream(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
