import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { escapePath } from "../files/escape-path.ts";
import { UsageError } from "./io.ts";
import type { ReportFlag } from "./options.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "this is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on device",
  EDQUOT: "the disk quota is used up",
  EPIPE: "its reader has gone away",
};

/**
 * A report must not take the place of a file that is read: a mistyped option would cost the CRL or the certificate.
 *
 * @throws UsageError where one would
 */
export function checkReportFiles(reports: readonly ReportFlag[], inputs: readonly string[]): void {
  const read = new Set(inputs.map((path) => resolve(path)));
  const clash = reports.find(({ file }) => read.has(resolve(file)));
  if (clash === undefined) return;
  throw new UsageError(`the report ${escapePath(clash.file)} would replace a file that is to be read`);
}

/** Characters of text that are put together into one write. */
const batchSize = 2 ** 16;

/** Puts pieces of text together into larger ones. */
export class Batch {
  #text = "";

  /** Takes pieces; gives what is large enough to be written. */
  *add(pieces: Iterable<string>): Iterable<string> {
    for (const piece of pieces) {
      this.#text += piece;
      if (this.#text.length >= batchSize) yield this.rest();
    }
  }

  /** What has not been given yet. */
  rest(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

/** A file that is being written. */
interface OpenFile {
  readonly descriptor: number;
  /** Ends it: it is whole. */
  readonly keep: () => void;
  /** Leaves everything as it was before. */
  readonly drop: () => void;
}

/**
 * A report that is written into a file while it comes about, whole or not at all: into a new file beside it, which then
 * takes its place, with the permissions of the one that was there. Two kinds of files cannot be replaced, and are
 * appended to: what is no regular file (a pipe, a device), and what other programs write to as well (a job's summary on
 * GitHub), which is cut back to its length where writing fails.
 */
export class ReportFile {
  readonly #path: string;
  readonly #batch = new Batch();
  #file: OpenFile | undefined;
  #fault: string | undefined;

  /**
   * Never throws: what keeps it from being written is told by `close`.
   *
   * @param isShared whether other programs write to it as well
   */
  constructor(path: string, isShared = false) {
    this.#path = path;
    this.#try(() => {
      const status = statSync(path, { throwIfNoEntry: false });
      const isAppended = isShared || (status !== undefined && !status.isFile());
      this.#file = isAppended ? openToAppend(path) : openToReplace(path, status);
    });
  }

  /** Writes more of it. */
  write(pieces: Iterable<string>): void {
    for (const text of this.#batch.add(pieces)) this.#put(text);
  }

  /**
   * Ends it.
   *
   * @returns why it could not be written, escaped; undefined where it was
   */
  close(): string | undefined {
    this.#put(this.#batch.rest());
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#try(file.keep, file.drop);
    return this.#fault;
  }

  /** Leaves everything as it was before; does nothing behind `close`. */
  abandon(): void {
    this.#file?.drop();
    this.#file = undefined;
  }

  #put(text: string): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#try(
      () => writeAll(file.descriptor, text),
      () => this.abandon(),
    );
  }

  #try(work: () => void, undo?: () => void): void {
    try {
      work();
    } catch (error) {
      undo?.();
      if (!(error instanceof Error && "code" in error)) throw error;
      const code = String(error.code);
      this.#fault = `the report ${escapePath(this.#path)} was not written: ${reasons[code] ?? code}`;
    }
  }
}

function openToReplace(path: string, existing: Stats | undefined): OpenFile {
  // Of a symbolic link, the file that it names is written.
  const target = existing === undefined ? resolve(path) : realpathSync(path);
  const temporary = join(dirname(target), `.crllint-${randomUUID()}.tmp`);
  const descriptor = openSync(temporary, "wx");
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  const drop = (): void => {
    close();
    rmSync(temporary, { force: true });
  };
  const keep = (): void => {
    if (existing !== undefined) fchmodSync(descriptor, existing.mode & 0o777);
    fsyncSync(descriptor);
    close();
    renameSync(temporary, target);
  };
  return { descriptor, keep, drop };
}

function openToAppend(path: string): OpenFile {
  const descriptor = openSync(path, "a");
  const before = fstatSync(descriptor);
  const keep = (): void => closeSync(descriptor);
  const drop = (): void => {
    if (before.isFile()) ftruncateSync(descriptor, before.size);
    closeSync(descriptor);
  };
  return { descriptor, keep, drop };
}

function writeAll(descriptor: number, text: string): void {
  const octets = Buffer.from(text);
  for (let done = 0; done < octets.length;) done += writeSync(descriptor, octets, done);
}
