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
import { escapePath } from "./escape-path.ts";
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

/** Pieces of text put together into larger ones. */
export function* batch(pieces: Iterable<string>): Iterable<string> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < batchSize) continue;
    yield text;
    text = "";
  }
  yield text;
}

/**
 * Writes a report into a file, whole or not at all: into a new file beside it, which then takes its place, with the
 * permissions of the one that was there. Two kinds of files cannot be replaced, and are appended to: what is no regular
 * file (a pipe, a device), and what other programs write to as well (`isShared`: a job's summary on GitHub), which is
 * cut back to its length where writing fails.
 *
 * @returns why it could not be written, escaped; undefined where it was
 * @throws what `pieces` throws
 */
export function writeReport(path: string, pieces: Iterable<string>, isShared = false): string | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (isShared || (status !== undefined && !status.isFile())) append(path, pieces);
    else replace(path, pieces, status);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const code = String(error.code);
    return `the report ${escapePath(path)} was not written: ${reasons[code] ?? code}`;
  }
}

function replace(path: string, pieces: Iterable<string>, existing: Stats | undefined): void {
  // Of a symbolic link, the file that it names is written.
  const target = existing === undefined ? resolve(path) : realpathSync(path);
  const temporary = join(dirname(target), `.crllint-${randomUUID()}.tmp`);
  try {
    const descriptor = openSync(temporary, "wx");
    try {
      if (existing !== undefined) fchmodSync(descriptor, existing.mode & 0o777);
      writeAll(descriptor, pieces);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function append(path: string, pieces: Iterable<string>): void {
  const descriptor = openSync(path, "a");
  const before = fstatSync(descriptor);
  try {
    writeAll(descriptor, pieces);
  } catch (error) {
    if (before.isFile()) ftruncateSync(descriptor, before.size);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, pieces: Iterable<string>): void {
  for (const text of batch(pieces)) {
    const octets = Buffer.from(text);
    for (let done = 0; done < octets.length;) done += writeSync(descriptor, octets, done);
  }
}
