import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Expectation, expectations } from "./expectations.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Location of the generator and the runner of the hostile suite; a fresh checkout does not have them. */
const suiteFolder = join(root, "../shared/hostile");

/** Whether the suite exists. */
export const hasSuite = existsSync(join(suiteFolder, "run-hostile.mjs"));

/** Time of the generated suite, and to lint as of. */
const now = "2026-11-20T12:00:00Z";

interface Case {
  readonly id: string;
  readonly expect: { class: string; exit: readonly number[]; must: readonly string[] };
}

/** The inputs of a generated suite. */
export interface Manifest {
  readonly offset_regex: string;
  readonly cases: readonly Case[];
}

/**
 * Generates inputs, once for each version of the generator because it takes many seconds, and writes the expectations of
 * this project into their manifest.
 *
 * @returns the manifest as it was generated, and the folder with the inputs
 */
export function generateSuite(args: readonly string[]): { readonly manifest: Manifest; readonly folder: string } {
  const generator = join(suiteFolder, "hostile-gen.mjs");
  const options = [`--now=${now}`, ...args];
  const version = createHash("sha256").update(readFileSync(generator)).update(options.join()).digest("hex");
  const folder = join(root, "coverage", `hostile-${version.slice(0, 16)}`);
  const generated = join(folder, "generated.json");
  if (!existsSync(generated)) {
    const made = spawnSync(process.execPath, [generator, folder, ...options], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`the hostile suite cannot be generated: ${made.stderr}`);
    renameSync(join(folder, "manifest.json"), generated);
  }
  const manifest = JSON.parse(readFileSync(generated, "utf8")) as Manifest;
  const ids = new Set(manifest.cases.map(({ id }) => id));
  const stray = expectations.flatMap(({ cases }) => cases).find((id) => !ids.has(id));
  if (args.length === 0 && stray !== undefined) throw new Error(`the hostile suite has no case ${stray}`);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(withOwnExpectations(manifest)));
  return { manifest, folder };
}

/** Returns the manifest with the expectations of this project instead of those that do not apply. */
export function withOwnExpectations(manifest: Manifest): Manifest {
  const byCase = new Map<string, Expectation>();
  for (const expectation of expectations) for (const id of expectation.cases) byCase.set(id, expectation);
  const cases = manifest.cases.map((item) => {
    const expectation = byCase.get(item.id);
    if (expectation === undefined) return item;
    const { exit, must } = expectation;
    const requiresOffset = item.expect.must.includes(manifest.offset_regex);
    const all = requiresOffset ? [...must, manifest.offset_regex] : must;
    return { ...item, expect: { ...item.expect, class: "here", exit, must: all } };
  });
  return { ...manifest, cases };
}

/** The result of a run of the suite, with the counts of its last line. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

/** Returns the command line to test, in the form that the runner expects. */
export function commandOf(cli: string): string {
  return `"${process.execPath}" "${cli}" --profile rfc5280 --now ${now} {ca} {crl}`;
}

/** Runs a command line on a suite; `echo` receives the output of the runner during the run. */
export function runSuite(
  folder: string,
  cli: string,
  args: readonly string[],
  echo: (text: string) => void = () => {},
): Promise<SuiteResult> {
  const runner = join(suiteFolder, "run-hostile.mjs");
  const child = spawn(process.execPath, [runner, folder, "--cmd", commandOf(cli), ...args]);
  let output = "";
  const append = (piece: unknown): void => {
    output += String(piece);
    echo(String(piece));
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  return new Promise((resolve) =>
    child.on("close", () => {
      const counts = /(?<passed>\d+) passed, (?<failed>\d+) failed\s*$/u.exec(output)?.groups;
      // A runner without counts in its output has not passed anything.
      resolve({ passed: Number(counts?.["passed"] ?? 0), failed: Number(counts?.["failed"] ?? 1), output });
    }),
  );
}
