import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Returns the path of a program on the PATH of the tests. Undefined if it is not installed. */
export function findTool(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Whether all of these programs are installed. */
export function hasTools(...names: readonly string[]): boolean {
  return names.every((name) => findTool(name) !== undefined);
}

/** Whether bash is installed, in which tests run the commands of pages. */
export const hasBash = hasTools("bash");

/**
 * Whether OpenSSL 3 or later is installed. LibreSSL has a command of the same name, and earlier versions read CRLs only
 * in PEM.
 */
export const hasOpenssl = /^OpenSSL (?:[3-9]|\d\d)\./u.test(String(spawnSync("openssl", ["version"]).stdout));
