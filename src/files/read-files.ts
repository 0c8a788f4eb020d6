import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { usualLimits } from "../der/limits.ts";
import type { Io } from "../cli/io.ts";

/** Octets of a file, or why it has none. */
export type FileContent = { readonly bytes: Uint8Array } | { readonly fault: string };

/** Most octets that are asked for in one read: systems take no more than an INT_MAX. */
const maximumRead = 2 ** 30;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "this is a directory",
  ENOTDIR: "a part of its path is no directory",
  ELOOP: "its symbolic links go round in circles",
  ENAMETOOLONG: "its name is too long",
  ENXIO: "this is a socket or a device, not a file",
};

const tooLarge = (most: number): FileContent => ({ fault: `too large: more than ${most} octets` });

/**
 * Reads a regular file. Nothing that could block or never end (FIFO, device, terminal) is read. Never throws.
 *
 * @param most octets that are read; of a larger file there is none
 */
export function readFile(path: string, most = usualLimits.size): FileContent {
  if (path === "") return { fault: "the name of the file is empty" };
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a FIFO waits for its writer. Windows does not know it.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return { fault: "this is a directory" };
    if (status.isFIFO()) return { fault: "this is a pipe; give it on standard input, as -" };
    if (!status.isFile()) return { fault: "this is a device, not a file" };
    if (status.size > most) return tooLarge(most);
    const bytes = readToEnd(descriptor, status.size, most);
    return bytes === undefined ? tooLarge(most) : { bytes: plain(bytes) };
  } catch (error) {
    return { fault: reasonOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Reads standard input to its end, or so many octets of it: then it is too large. */
export async function readStdin(io: Io, most = usualLimits.size): Promise<FileContent> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of io.readStdin()) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > most) return tooLarge(most);
    }
  } catch (error) {
    return { fault: reasonOf(error) };
  }
  return { bytes: plain(Buffer.concat(chunks)) };
}

/** The same octets without the methods of a Buffer: its `subarray`, which readers call for every entry, is slow. */
function plain({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** What a file holds, which may be more or less than its size said; undefined where it is too large. */
function readToEnd(descriptor: number, size: number, most: number): Buffer | undefined {
  // One octet more, so that the end is met without a second buffer.
  let buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, Math.min(buffer.length - length, maximumRead), null);
    length += read;
    if (length > most) return undefined;
    if (read === 0) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(Math.max(length, 2 ** 16))]);
  }
}

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return reasons[code] ?? `cannot be read (${code})`;
}
