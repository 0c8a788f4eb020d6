/**
 * Tasks of worker threads for linting many files. A pool runs each export by its name. A task takes one argument that
 * can be cloned.
 *
 * @packageDocumentation
 */
import { deserialize } from "node:v8";
import type { Run } from "../rule/report.ts";
import { type CrlFile, lintFile } from "./lint-file.ts";
import type { LintSetup } from "./lint-setup.ts";
import { receiveSetup, type SentSetup } from "./sent-setup.ts";

let last: { readonly bytes: Uint8Array; readonly setup: LintSetup } | undefined;

/**
 * Lints files of a call, each by itself, and returns the runs of each. Tasks with the same setup share its rebuilt
 * form.
 *
 * @param task files, and a `SentSetup` serialized into memory that all workers share
 */
export function lintTask(task: {
  readonly setup: Uint8Array;
  readonly files: readonly CrlFile[];
}): readonly (readonly Run[])[] {
  if (last === undefined || Buffer.compare(last.bytes, task.setup) !== 0) {
    last = { bytes: task.setup, setup: receiveSetup(deserialize(task.setup) as SentSetup) };
  }
  const { setup } = last;
  return task.files.map((file) => lintFile(file, setup));
}
