import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { usualLimits } from "../der/limits.ts";
import { escapePath } from "./escape-path.ts";
import type { World } from "./world.ts";

/** A file that was read. */
export interface InputFile {
  /** As reports show it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file that could not be read. */
export interface UnreadFile {
  /** As reports show it. */
  readonly name: string;
  /** Why it could not be read. */
  readonly fault: string;
}

/** Maximum bytes of one read: systems accept at most INT_MAX. */
const maximumRead = 2 ** 30;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "this is a directory",
  ENOTDIR: "a part of its path is not a directory",
  ELOOP: "symbolic link loop",
  ENAMETOOLONG: "its name is too long",
  ENXIO: "this is a socket or a device, not a file",
};

const tooLarge = (most: number): string => `too large: more than ${most} bytes`;

/**
 * Reads a regular file. Nothing that could block or never end (FIFO, device, terminal) is read. Never throws.
 *
 * @param most maximum size in bytes; a larger file is not read
 * @param name what reports call it
 */
export function readFile(path: string, most = usualLimits.size, name = escapePath(path)): InputFile | UnreadFile {
  const content = path === "" ? "the name of the file is empty" : readContent(path, most);
  return typeof content === "string" ? { name, fault: content } : { name, bytes: content };
}

/** The bytes of a file, or why it cannot be read. */
function readContent(path: string, most: number): Uint8Array | string {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a FIFO waits for its writer. Windows does not know it.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (status.isDirectory()) return "this is a directory";
    if (status.isFIFO()) return "this is a pipe; give it on standard input, as -";
    if (!status.isFile()) return "this is a device, not a file";
    if (status.size > most) return tooLarge(most);
    const bytes = readToEnd(descriptor, status.size, most);
    return bytes === undefined ? tooLarge(most) : plain(bytes);
  } catch (error) {
    return reasonOf(error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/**
 * Reads standard input to its end.
 *
 * @param most maximum size in bytes; it is read no further
 * @param name what reports call it
 */
export async function readStdin(
  { readStdin: open }: Pick<World, "readStdin">,
  most = usualLimits.size,
  name = "stdin",
): Promise<InputFile | UnreadFile> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of open()) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > most) return { name, fault: tooLarge(most) };
    }
  } catch (error) {
    return { name, fault: reasonOf(error) };
  }
  return { name, bytes: plain(Buffer.concat(chunks)) };
}

/** The same bytes without the methods of a Buffer: its `subarray`, which readers call for every entry, is slow. */
function plain({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** The bytes of a file, which may be more or fewer than its size; undefined if it is too large. */
function readToEnd(descriptor: number, size: number, most: number): Buffer | undefined {
  // One byte more, so that the end is found without a second buffer.
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
