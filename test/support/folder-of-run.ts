import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A directory that all workers of one test run share. */
    readonly folderOfRun: string;
  }
}

/** Makes the directory before the tests, and removes it after them. */
export default function setup({ provide }: TestProject): () => void {
  // Inside the project, so that Node finds its packages.
  const coverage = fileURLToPath(new URL("../../coverage/", import.meta.url));
  mkdirSync(coverage, { recursive: true });
  const folder = mkdtempSync(`${coverage}run-`);
  provide("folderOfRun", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
