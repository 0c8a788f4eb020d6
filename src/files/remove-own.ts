import { type Dirent, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "./system-error.ts";

/**
 * Removes files of a directory that crllint has written, by their names. Other files and all directories stay: the user
 * may keep files of their own there.
 *
 * @param isOwn whether crllint writes files of this name, and it is no longer used
 * @throws the error of node:fs if the directory cannot be read, or a file cannot be removed
 */
export function removeOwn(folder: string, isOwn: (name: string) => boolean): void {
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory() && isOwn(entry.name)) rmSync(join(folder, entry.name), { force: true });
  }
}

/** Removes a directory if it exists and has no files. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Windows and some file systems report EEXIST or EPERM for a directory with files.
    if (!["ENOENT", "ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error) ?? "")) throw error;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
