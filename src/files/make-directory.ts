import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf } from "./system-error.ts";

/**
 * Makes a directory and those above it, unless they exist. With `recursive`, `mkdirSync` never returns if a file system
 * such as /proc reports that the path does not exist, although the directory above does.
 *
 * @throws as mkdir does
 */
export function makeDirectory(path: string): void {
  const whole = resolve(path);
  try {
    mkdirSync(whole);
  } catch (error) {
    if (isDirectory(whole)) return;
    if (codeOf(error) !== "ENOENT" || isDirectory(dirname(whole))) throw error;
    makeDirectory(dirname(whole));
    makeDirectory(whole);
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
