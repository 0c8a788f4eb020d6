import type { Report, Run } from "../rule/report.ts";
import { renderHuman } from "../report/human.ts";
import { renderAll } from "../report/renderer.ts";
import { reportOf } from "./report-of.ts";

/**
 * For callers whose gate throws: an error whose `message` is the human report, without color. crllint itself
 * never throws it.
 *
 * ```ts
 * if (!passes(run)) throw new CrlLintError(run);
 * ```
 */
export class CrlLintError extends Error {
  override readonly name = "CrlLintError";
  /** What was found, as `render` of `crllint/report` takes it. */
  readonly report: Report;

  /**
   * @param runs what `lintCrl`, `lintShards` or `lintFiles` gave
   * @param options the `cause`, as for every Error
   */
  constructor(runs: Run | readonly Run[], options?: ErrorOptions) {
    const report = reportOf([runs].flat());
    super([...renderAll(renderHuman, report, {})].join("").trimEnd(), options);
    this.report = report;
  }
}
