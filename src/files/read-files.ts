import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type Limits, usualLimits } from "../der/limits.ts";
import { FileChanged, leaveInFile, minimumInFile } from "../der/in-file.ts";
import { plainBytes } from "../der/span.ts";
import { findEntries } from "../input/entries-of.ts";
import { escapePath } from "./escape-path.ts";
import { faultOfName } from "./list-directory.ts";
import { reasonOf } from "./system-error.ts";
import type { World } from "./world.ts";

/** A file that was read. */
export interface InputFile {
  /** Name in reports. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Set for a stream, which cannot be read again. */
  readonly isStream?: true;
}

/** The first bytes of a file. The rest was not wanted. */
export interface FileHead {
  readonly head: Uint8Array;
}

/**
 * File size from which the entries of a CRL stay in the file until they are needed. The usual limit on kept bytes of
 * several files is the same.
 */
export const largeFile = 2 ** 25;

/** Number of bytes of a file that are read to decide whether the rest is wanted. */
const headSize = 2 ** 16;

/** A file that could not be read. */
export interface UnreadFile {
  /** Name in reports. */
  readonly name: string;
  /** Reason why it could not be read. */
  readonly fault: string;
}

/** Maximum bytes of one read: systems accept at most INT_MAX. */
const maximumRead = 2 ** 30;

/** Number of bytes of one read of a part that is not kept in memory. */
const pieceSize = 2 ** 20;

/** Maximum number of seconds until standard input and pipes must end, unless a call sets another value. */
const usualWait = 300;

const tooLarge = (most: number): string => `too large: more than ${most} bytes`;

/** The value of an option that names files. */
export type Paths = string | readonly string[] | undefined;

/** Returns the paths in an option: none, one or several. */
export function listOf(paths: Paths): readonly string[] {
  return paths === undefined ? [] : [paths].flat();
}

/** Reads the files of a call. Standard input, `-`, can be read only once. */
export class Reader {
  /** Limits on reading inputs. */
  readonly limits: Limits;
  readonly #world: Pick<World, "readStdin">;
  readonly #stdinName: string;
  readonly #seconds: number;
  #hasReadStdin = false;

  /**
   * @param stdinName name of standard input in reports
   * @param seconds maximum time until standard input, or a pipe, must end
   */
  constructor(world: Pick<World, "readStdin">, stdinName: string, limits = usualLimits, seconds = usualWait) {
    this.limits = limits;
    this.#world = world;
    this.#stdinName = stdinName;
    this.#seconds = seconds;
  }

  /** Returns the name of a path in reports. */
  nameOf(path: string): string {
    return escapePath(path === "-" ? this.#stdinName : path);
  }

  /**
   * Reads the file or pipe at a named path; returns the reason if it cannot be read.
   *
   * @param large size from which a file is read only in part; see `readFile`
   */
  async read(path: string, large?: number): Promise<InputFile | UnreadFile> {
    const name = this.nameOf(path);
    if (path === "-") {
      if (this.#hasReadStdin) return { name, fault: "standard input can be read only once" };
      this.#hasReadStdin = true;
      return readStdin(this.#world, this.limits.size, name, this.#seconds);
    }
    return isPipe(path)
      ? readPipe(path, this.limits.size, name, this.#seconds)
      : readFile(path, this.limits.size, name, large);
  }

  /** Reads a file of a directory, or only its first bytes if the rest is not wanted. */
  readFound(path: string, isWanted: (head: Uint8Array) => boolean, large?: number): InputFile | UnreadFile | FileHead {
    return readWanted(path, this.limits.size, isWanted, this.nameOf(path), large);
  }
}

/**
 * Reads a regular file. Input that could block or never end (FIFO, device, terminal) is not read. Never throws.
 *
 * @param most maximum size in bytes; a larger file is not read
 * @param name name in reports
 * @param large size from which the entries of a CRL stay in the file until they are needed; by default none do
 */
export function readFile(
  path: string,
  most = usualLimits.size,
  name = escapePath(path),
  large = Number.POSITIVE_INFINITY,
): InputFile | UnreadFile {
  const fault = faultOfName(path);
  return fault === undefined ? readFileAgain(path, most, name, large) : { name, fault };
}

/** Reads a file like `readFile`, if its path is known to name it. */
export function readFileAgain(path: string, most: number, name: string, large: number): InputFile | UnreadFile {
  const read = readWanted(path, most, () => true, name, large);
  return "head" in read ? { name, bytes: read.head } : read;
}

/**
 * Reads a regular file like `readFile`, but only its first bytes if the rest is not wanted, however large it is.
 *
 * @param isWanted called once, with the first 65,536 bytes
 */
export function readWanted(
  path: string,
  most: number,
  isWanted: (head: Uint8Array) => boolean,
  name = escapePath(path),
  large = Number.POSITIVE_INFINITY,
): InputFile | UnreadFile | FileHead {
  const unread = (fault: string): UnreadFile => ({ name, fault });
  if (path === "") return unread("the name of the file is empty");
  let descriptor: number | undefined;
  try {
    descriptor = openWithoutWait(path);
    const status = fstatSync(descriptor, { bigint: true });
    const irregular = whyNotRegular(status, "give it on standard input, as -");
    if (irregular !== undefined) return unread(irregular);
    const size = Number(status.size);
    // One extra byte detects the end without a second buffer.
    const first = Buffer.alloc(Math.min(size, headSize) + 1);
    const length = readInto(descriptor, first, 0, first.length);
    const head = plainBytes(first.subarray(0, length));
    if (!isWanted(head)) return { head };
    if (size > most || length > most) return unread(tooLarge(most));
    if (length < first.length) return { name, bytes: head };
    const partial = size < large ? undefined : readAroundEntries(path, status, descriptor, head);
    if (partial !== undefined) return { name, bytes: partial };
    const buffer = Buffer.alloc(Math.max(size, length) + 1);
    buffer.set(first);
    const bytes = readToEnd(descriptor, buffer, length, most);
    return bytes === undefined ? unread(tooLarge(most)) : { name, bytes: plainBytes(bytes) };
  } catch (error) {
    return unread(reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Reads all of a file except its entries, if the file is a CRL; undefined for any other file. */
function readAroundEntries(
  path: string,
  status: BigIntStats,
  descriptor: number,
  head: Uint8Array,
): Uint8Array | undefined {
  const size = Number(status.size);
  const entries = findEntries(head, size);
  if (entries === undefined || entries.end - head.length < minimumInFile) return undefined;
  // The system provides memory only for the parts that are written to.
  const bytes = new Uint8Array(size);
  bytes.set(head);
  const file = new LargeFile(path, status);
  file.readAt(descriptor, bytes.subarray(entries.end), entries.end);
  const [start, { end }] = [head.length, entries];
  leaveInFile(bytes, { start, end, read: (at) => file.read(at, end), load: (into) => file.readInto(into, start) });
  return bytes;
}

/** A file that is read several times, and must not change in between. */
class LargeFile {
  readonly #path: string;
  readonly #status: BigIntStats;
  #piece = new Uint8Array(0);

  constructor(path: string, status: BigIntStats) {
    this.#path = path;
    this.#status = status;
  }

  /** Returns the bytes from an offset, but none after `end`. They are valid until the next call. */
  read(at: number, end: number): Uint8Array {
    if (this.#piece.length === 0) this.#piece = new Uint8Array(pieceSize);
    const piece = this.#piece.subarray(0, Math.min(pieceSize, end - at));
    this.readInto(piece, at);
    return piece;
  }

  /** Opens the file, and reads bytes from an offset. */
  readInto(bytes: Uint8Array, at: number): void {
    let descriptor: number | undefined;
    try {
      descriptor = openWithoutWait(this.#path);
      this.readAt(descriptor, bytes, at);
    } catch (error) {
      throw new FileChanged(reasonOf(error));
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  readAt(descriptor: number, bytes: Uint8Array, at: number): void {
    const length = readInto(descriptor, bytes, 0, bytes.length, at);
    const isSame = isUnchanged(descriptor, this.#status);
    if (length < bytes.length || !isSame) throw new FileChanged("it changed while it was read");
  }
}

/** Whether an open file is the one that had a status before, with the same contents. */
export function isUnchanged(descriptor: number, before: BigIntStats): boolean {
  const now = fstatSync(descriptor, { bigint: true });
  return (["dev", "ino", "size", "mtimeNs", "ctimeNs"] as const).every((key) => now[key] === before[key]);
}

/**
 * Returns the reason why an open file is not a regular one, the only kind that ends and can be read again; undefined if
 * it is.
 *
 * @param instead what to do instead of giving a pipe
 */
export function whyNotRegular(status: BigIntStats, instead: string): string | undefined {
  if (status.isDirectory()) return "this is a directory";
  if (status.isFIFO()) return `this is a pipe; ${instead}`;
  return status.isFile() ? undefined : "this is a device, not a file";
}

/** Whether a path is a pipe: a `<(command)` of a shell, or a FIFO. */
function isPipe(path: string): boolean {
  try {
    return path !== "" && statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
  } catch {
    // The error is reported when it is read.
    return false;
  }
}

/** Opens a file for reading. Without O_NONBLOCK, opening a FIFO waits for its writer. Windows has neither. */
export function openWithoutWait(path: string): number {
  return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

/**
 * Reads a pipe to its end. The event loop waits for its writer: a waiting thread of `node:fs` could not be ended, and
 * would keep the process running.
 *
 * @param most maximum size in bytes; the rest is not read
 * @param name name in reports
 * @param seconds maximum time until it must end
 */
async function readPipe(
  path: string,
  most: number,
  name: string,
  seconds = usualWait,
): Promise<InputFile | UnreadFile> {
  try {
    // Code from a code cache cannot import.
    const { Socket } = process.getBuiltinModule("node:net");
    return await readStream(new Socket({ fd: openWithoutWait(path), writable: false }), most, name, seconds);
  } catch (error) {
    return { name, fault: reasonOf(error) };
  }
}

/**
 * Reads standard input to its end.
 *
 * @param most maximum size in bytes; the rest is not read
 * @param name name in reports
 * @param seconds maximum time until it must end
 */
export async function readStdin(
  { readStdin: open }: Pick<World, "readStdin">,
  most = usualLimits.size,
  name = "stdin",
  seconds = usualWait,
): Promise<InputFile | UnreadFile> {
  return readStream(open(), most, name, seconds);
}

async function readStream(
  stream: AsyncIterable<Uint8Array> & { readonly destroy?: (reason: Error) => void },
  most: number,
  name: string,
  seconds: number,
): Promise<InputFile | UnreadFile> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stream.destroy?.(new Error("late"));
  }, seconds * 1000);
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > most) return { name, fault: tooLarge(most) };
    }
  } catch (error) {
    return { name, fault: isLate ? `did not end within ${seconds} s` : reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
  return { name, bytes: plainBytes(Buffer.concat(chunks)), isStream: true };
}

/**
 * Fills a buffer up to a number of bytes, or until the file ends; returns the number reached.
 *
 * @param offset offset in the file of the first byte of the buffer; undefined to continue where the last read ended
 */
function readInto(descriptor: number, buffer: Uint8Array, from: number, wanted: number, offset?: number): number {
  let length = from;
  while (length < wanted) {
    const position = offset === undefined ? null : offset + length;
    const read = readSync(descriptor, buffer, length, Math.min(wanted - length, maximumRead), position);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/**
 * Reads the rest of a file, which may have more or fewer bytes than its size states; undefined if it is too large.
 *
 * @param start buffer with the bytes read so far
 * @param started number of bytes read so far
 */
function readToEnd(descriptor: number, start: Buffer, started: number, most: number): Buffer | undefined {
  let buffer = start;
  let length = started;
  for (;;) {
    length = readInto(descriptor, buffer, length, buffer.length);
    if (length > most) return undefined;
    if (length < buffer.length) return buffer.subarray(0, length);
    buffer = Buffer.concat([buffer, Buffer.alloc(Math.max(length, 2 ** 16))]);
  }
}
