import type { Report, Run } from "../rule/report.ts";
import { renderHuman } from "../report/human.ts";
import { renderAll } from "../report/renderer.ts";
import { reportOf } from "./report-of.ts";

/**
 * Error whose `message` is the human-readable report, without color. It is for gates that throw; crllint itself never
 * throws it.
 *
 * ```ts
 * if (!passes(run)) throw new CrlLintError(run);
 * ```
 */
export class CrlLintError extends Error {
  override readonly name = "CrlLintError";
  /** The report, as input for `render` of `crllint/report`. */
  readonly report: Report;

  /**
   * @param runs result of `lintCrl`, `lintShards` or `lintFiles`
   * @param options the `cause`, as for every Error
   */
  constructor(runs: Run | readonly Run[], options?: ErrorOptions) {
    const report = reportOf([runs].flat());
    super([...renderAll(renderHuman, report, {})].join("").trimEnd(), options);
    this.report = report;
  }
}
