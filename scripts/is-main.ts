import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Returns whether Node was started with a module, given its `import.meta.url`. Tests import the functions of a script
 * without running it.
 */
export function isMain(url: string): boolean {
  const [, program] = process.argv;
  return program !== undefined && realpathSync(program) === realpathSync(fileURLToPath(url));
}
