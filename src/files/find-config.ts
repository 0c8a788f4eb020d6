import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { escapePath } from "./escape-path.ts";
import { UsageError } from "../cli/io.ts";

/** What a configuration is called. */
export const configNames = ["crllint.yaml", "crllint.yml", "crllint.json"] as const;

/**
 * The configuration nearest upwards from a folder; none beyond the top of a working copy, and undefined where there is
 * none. Costs four stat calls a folder.
 *
 * @throws UsageError where two stand in one folder: nothing tells which is meant
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

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
