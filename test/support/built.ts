import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

let main: string | undefined;

/**
 * Returns the file that Node runs as crllint, bundled from the source when a test first asks for it: a process that runs
 * the source spends more than a second on loading it.
 */
export function builtMain(): string {
  if (main !== undefined) return main;
  // Inside the project, where the packages are found.
  mkdirSync(join(root, "coverage"), { recursive: true });
  const folder = mkdtempSync(join(root, "coverage/built-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, ["--import", "tsx", "scripts/bundle.ts", folder], { cwd: root, stdio: "pipe" });
  main = join(folder, "cli/main.cjs");
  return main;
}
