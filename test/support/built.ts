import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program of the project. */
function run(...args: readonly string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: "pipe" });
}

/**
 * Returns a directory whose contents are made when a test first needs them, once for all workers.
 *
 * @param make fills the directory
 */
function madeOnce(name: string, make: (folder: string) => void): string {
  const folder = join(inject("folderOfRun"), name);
  const done = `${folder}.done`;
  while (!existsSync(done)) {
    // Exactly one worker creates the directory. Another one takes over if it fails.
    if (mkdirSync(folder, { recursive: true }) === undefined) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      continue;
    }
    try {
      make(folder);
      writeFileSync(done, "");
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
  return folder;
}

/**
 * Returns the file that Node runs as crllint, bundled from the source as in `npm run build`: a process that runs the
 * source spends more than a second on loading it.
 */
export function builtMain(): string {
  const folder = madeOnce("command", (made) => run("--import", "tsx", "scripts/bundle.ts", made));
  return join(folder, "cli/main.cjs");
}

/** Returns the directory with the library as built by `npm run build`: modules and declarations. */
export function builtLibrary(): string {
  return madeOnce("library", (made) => {
    // Several threads use more processor time in total.
    run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--singleThreaded", "--outDir", made);
  });
}
