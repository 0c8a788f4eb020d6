import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Patterns in test files that run early: first files that start processes, then others that may take long. */
const early = [/node:child_process|\/clients\//u, /timeout/u];

/**
 * Starts processes while the workers are small: a worker that has grown to 1 GB needs 30 ms of processor time to start
 * one, and a new worker 1 ms. Long files run early, while other workers still have files to run.
 */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = (await super.sort(files)).map((file) => ({
      file,
      rank: rankOf(readFileSync(file.moduleId, "utf8")),
    }));
    return ranked.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
  }
}

function rankOf(text: string): number {
  const rank = early.findIndex((pattern) => pattern.test(text));
  return rank < 0 ? early.length : rank;
}
