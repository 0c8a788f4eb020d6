import { checkOptions, pathKinds, pathsKind } from "../library/check-options.ts";
import { UsageError } from "../options/usage-error.ts";
import type { PathOptions } from "../options/values.ts";
import type { Run } from "../rule/report.ts";
import { lintInputs } from "./lint-inputs.ts";
import { listOf } from "./read-files.ts";
import type { World } from "./world.ts";

/** Options for linting files, and files to compare with. Paths are those of the file system; `-` is standard input. */
export type LintFilesOptions = PathOptions;

const world: World = { readStdin: () => process.stdin, now: () => Date.now() / 1000 };

/**
 * Lints files like the command: it recognizes them by content, and compares each CRL with the certificate whose key
 * signed it. Takes files, directories (searched recursively), patterns, and `-` for standard input. All files are first
 * read one at a time to find the certificates. CRLs that do not depend on each other are then read and linted one at a
 * time, so any number of them fits in memory. No configuration file is read, and nothing is written.
 *
 * @returns a run for each CRL, in the order of their names, and one for each input that could not be used
 * @throws TypeError on misuse, as `lintCrl`. During iteration also if no rule matches a pattern, or if an option for a
 * single CRL is given with several. An error in a file is a finding
 */
export function lintFiles(files: string | readonly string[], options: LintFilesOptions = {}): AsyncIterable<Run> {
  if (!pathsKind.fits(files)) throw new TypeError(`lintFiles: files must be ${pathsKind.is}`);
  if (files.length === 0) throw new TypeError("lintFiles: no file is named");
  checkOptions("lintFiles", options, pathKinds);
  return iterate(listOf(files), options);
}

async function* iterate(operands: readonly string[], options: LintFilesOptions): AsyncIterable<Run> {
  try {
    const { runs } = await lintInputs(operands, { ...options, jobs: 1 }, world);
    yield* runs;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new TypeError(`lintFiles: ${error.message.replace(/^--/u, "option ")}`, { cause: error });
  }
}
