import { fileURLToPath } from "node:url";

/**
 * Returns the arguments with which Node runs a file of the benchmark. If the benchmark is bundled, as in its test, the
 * file is a bundle too: loading the sources takes seconds.
 */
export function ownProgram(name: string): readonly string[] {
  const isBundled = !import.meta.url.endsWith(".ts");
  const file = fileURLToPath(new URL(`${name}.${isBundled ? "js" : "ts"}`, import.meta.url));
  return isBundled ? [file] : ["--import", "tsx", file];
}
