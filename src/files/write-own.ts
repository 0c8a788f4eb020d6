import { closeSync, constants, lstatSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../options/usage-error.ts";
import { escapePath } from "./escape-path.ts";
import { readFile } from "./read-files.ts";

/**
 * Checks that a file below a directory may be written: it does not exist, or crllint wrote it, and its path below the
 * directory has no symbolic link.
 *
 * @param name path below the directory
 * @param isOwn whether crllint wrote a file with these contents
 * @throws UsageError that names the file, and the error of node:fs if its path cannot be looked at
 */
export function checkOwn(folder: string, name: string, isOwn: (bytes: Uint8Array) => boolean): void {
  let path = folder;
  for (const part of name.split(/[\\/]/u)) {
    path = join(path, part);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) return;
    if (status.isSymbolicLink()) throw new UsageError(`${escapePath(path)} is a symbolic link; remove it`);
  }
  const content = readFile(path);
  if ("bytes" in content && isOwn(content.bytes)) return;
  throw new UsageError(`${escapePath(path)} exists, and crllint did not write it; name another directory`);
}

/**
 * Writes a file that `checkOwn` has checked, and through no symbolic link that took its place since. On Windows,
 * O_NOFOLLOW is undefined, and has no effect.
 *
 * @throws the error of node:fs
 */
export function writeOwn(path: string, content: Uint8Array | string): void {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}
