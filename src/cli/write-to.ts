import { fstatSync, statSync, writeSync } from "node:fs";

const descriptors = { stdout: 1, stderr: 2 } as const;

/** Name of a stream that is written to. */
export type StreamName = keyof typeof descriptors;

/**
 * What a stream is not: no terminal, so that neither its width nor its colours need to be asked for. Opening the stream
 * of Node to ask takes as long as judging a CRL.
 */
export function isNoTerminal(name: StreamName): boolean {
  try {
    if (process.platform === "win32") return false;
    const status = fstatSync(descriptors[name]);
    return !status.isCharacterDevice() || status.rdev === statSync("/dev/null").rdev;
  } catch {
    // A descriptor that is closed: the stream of Node tells what becomes of what is written.
    return false;
  }
}

/**
 * Makes what writes to a stream: it answers false where the reader has gone away. A file or a pipe is written to
 * directly; a terminal, and a pipe that takes no more for now, through the stream of Node.
 *
 * @returns a function that throws what else is wrong with the stream: a full disk
 */
export function writeTo(name: StreamName): (text: string) => Promise<boolean> {
  let stream: NodeJS.WriteStream | undefined;
  const isDirect = isNoTerminal(name);
  return async (text) => {
    const octets = Buffer.from(text);
    try {
      const written = isDirect && stream === undefined ? writeDirectly(descriptors[name], octets) : 0;
      if (written === octets.length) return true;
      // Without a listener the fault that the callback of `write` tells of would end the process.
      stream ??= process[name].on("error", () => {});
      await writeToStream(stream, octets.subarray(written));
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EPIPE") return false;
      throw error;
    }
  };
}

/** Writes as much as can be written without waiting; tells how much that was. */
function writeDirectly(descriptor: number, octets: Uint8Array): number {
  let written = 0;
  try {
    while (written < octets.length) written += writeSync(descriptor, octets, written);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
  }
  return written;
}

function writeToStream(stream: NodeJS.WriteStream, octets: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(octets, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
