import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Starts processes while the workers are small: a worker that has grown to 1 GB needs 30 ms of processor time to start
 * one, and a new worker 1 ms. The long files of test/hostile come next, while other workers still have files to run.
 */
export class Order extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = (await super.sort(files)).map((file) => ({ file, rank: rankOf(file.moduleId) }));
    return ranked.sort((a, b) => a.rank - b.rank).map(({ file }) => file);
  }
}

function rankOf(path: string): number {
  if (/node:child_process|\/clients\//u.test(readFileSync(path, "utf8"))) return 0;
  return path.includes("/hostile/") ? 1 : 2;
}
