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
import { basename, dirname, join } from "node:path";
import { latin1 } from "../der/strings.ts";
import { identifyDer } from "../input/identify.ts";
import { readWanted } from "../files/read-files.ts";
import { identityOf } from "../files/expand.ts";
import { escapePath } from "../files/escape-path.ts";
import { codeOf, whyNotWritten } from "../files/system-error.ts";
import { UsageError } from "../options/usage-error.ts";
import type { ReportTarget } from "../options/type.ts";

/**
 * Checks that no report would replace an input file, or any file with a CRL, a certificate or a key, by whatever path:
 * a mistyped option would destroy it.
 *
 * @param outputs other files that the call writes, which may hold a CRL
 * @throws UsageError if one would, or two of them have the same file
 */
export function checkReportFiles(
  reports: readonly ReportTarget[],
  inputs: readonly string[],
  outputs: readonly string[] = [],
): void {
  const files = [...reports.map(({ file }) => file), ...outputs];
  if (files.length === 0) return;
  if (new Set(files.map(identityOf)).size < files.length) {
    throw new UsageError("two reports cannot go into one file");
  }
  const read = new Set(inputs.map(identityOf));
  const clash = files.find((file) => read.has(identityOf(file)));
  if (clash !== undefined) throw new UsageError(`the report ${escapePath(clash)} would replace an input file`);
  for (const { file } of reports) {
    const content = readWanted(file, 0, () => false);
    if (!("head" in content) || !holdsObject(content.head)) continue;
    throw new UsageError(`the report ${escapePath(file)} would replace a file with a CRL, a certificate or a key`);
  }
}

function holdsObject(head: Uint8Array): boolean {
  // Findings of a report may quote a boundary, but not at the start of a line.
  return identifyDer(head) !== "unknown" || /^-----BEGIN /mu.test(latin1(head));
}

/** Minimum number of characters of text that are written at once. */
const batchSize = 2 ** 16;

/** Combines pieces of text into larger ones. */
export class Batch {
  #text = "";

  /** Adds pieces, and yields text that is large enough to be written. */
  *add(pieces: Iterable<string>): Iterable<string> {
    for (const piece of pieces) {
      this.#text += piece;
      if (this.#text.length >= batchSize) yield this.rest();
    }
  }

  /** Returns the text that has not been returned yet. */
  rest(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

/** A file that is being written. */
interface OpenFile {
  readonly descriptor: number;
  /** Keeps the complete file. */
  readonly keep: () => void;
  /** Restores the state before the file was opened. */
  readonly drop: () => void;
}

/**
 * A report that is written to a file piece by piece, completely or not at all. It is written to a new file next to it,
 * which then replaces it and gets its permissions. Two kinds of files cannot be replaced, and are appended to: files
 * that are not regular (a pipe, a device), and files that other programs also write to (a job's summary on GitHub). The
 * latter is truncated to its previous length if writing fails.
 */
export class ReportFile {
  readonly #path: string;
  readonly #batch = new Batch();
  #file: OpenFile | undefined;
  #fault: string | undefined;

  /**
   * Opens the file. Never throws: `close` reports why the file could not be written.
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

  /** Writes the next pieces of the report. */
  write(pieces: Iterable<string>): void {
    for (const text of this.#batch.add(pieces)) this.#put(text);
  }

  /**
   * Ends the report.
   *
   * @returns the escaped reason why it could not be written; undefined if it was written
   */
  close(): string | undefined {
    this.#put(this.#batch.rest());
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) this.#try(file.keep, file.drop);
    return this.#fault;
  }

  /** Restores the state before the report was opened. Does nothing after `close`. */
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
      if (codeOf(error) === undefined) throw error;
      this.#fault = `the report ${escapePath(this.#path)} was not written: ${whyNotWritten(error)}`;
    }
  }
}

function openToReplace(path: string, existing: Stats | undefined): OpenFile {
  // If the path is a symbolic link, its target is written.
  const real = realpathSync.native;
  const target = existing === undefined ? join(real(dirname(path)), basename(path)) : real(path);
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
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}
