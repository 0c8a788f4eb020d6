import { lstatSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { cannotRead } from "./cannot-read.ts";
import { escapePath } from "./escape-path.ts";
import { reasonOf } from "./system-error.ts";
import { UsageError } from "../options/usage-error.ts";

/** File names of a configuration. */
export const configNames = ["crllint.yaml", "crllint.yml", "crllint.json"] as const;

/**
 * Returns the nearest configuration in a directory or above it, up to the root of a working copy; undefined if there is
 * none. Uses four stat calls per directory.
 *
 * @throws UsageError if a directory contains two, or one that is not a file
 */
export function findConfig(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const [found, second] = configNames.map((name) => join(at, name)).filter((path) => isFile(path));
    if (second !== undefined) {
      throw new UsageError(
        `there are two configurations, ${escapePath(found ?? "")} and ${escapePath(second)}: keep one`,
      );
    }
    if (found !== undefined) return found;
    if (dirname(at) === at || exists(join(at, ".git"))) return undefined;
  }
}

/** Whether a configuration exists. Without the settings that were meant, a call could pass. */
function isFile(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  try {
    if (statSync(path).isFile()) return true;
  } catch (error) {
    throw cannotRead(escapePath(path), reasonOf(error), { cause: error });
  }
  throw new UsageError(`${escapePath(path)} is not a file`);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
