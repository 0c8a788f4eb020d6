import type { Report, Run, RunVerdict } from "../rule/report.ts";
import { type FailOn, withVerdict } from "../rule/verdict.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Style } from "./style.ts";

/** A rule as a report describes it. */
export type RuleText = Pick<AnyRule, "id" | "title" | "why" | "fix" | "requirements">;

/** Options of a report. The options about the screen (width, color) have no effect on machine formats. */
export interface RenderOptions {
  /** Rules of the run, for formats that describe them. Without this option, they show only ids. */
  readonly rules?: readonly RuleText[];
  /** The lowest severity that fails a run. Default `error`. */
  readonly failOn?: FailOn;
  /** The lowest severity of a finding of a core check that fails a run. Default: `failOn`. */
  readonly coreFailOn?: FailOn | undefined;
  /** The lowest severity of a finding that a rule was skipped that fails a run. Default: `failOn`. */
  readonly skippedFailOn?: FailOn | undefined;
  /** Maximum number of warnings with which the call can pass. Default: no limit. */
  readonly maxWarnings?: number | undefined;
  /** A verdict on the call that is worse than that of each run, with its reason. Default: none. */
  readonly stated?: { readonly verdict: RunVerdict; readonly cause: string } | undefined;
  /** Width of human text in columns. Default 120. */
  readonly width?: number;
  /** Colors of human text. Default: none. */
  readonly color?: Style;
  /** Whether human text ends with the number of findings of each rule. */
  readonly statistics?: boolean;
  /** Whether human text contains only findings. */
  readonly quiet?: boolean;
  /** Whether human text also shows the outcome of every rule, addresses of documents, and evidence. */
  readonly verbose?: boolean;
}

/** The fields of a report without its runs. */
export type ReportHead = Omit<Report, "runs">;

/**
 * Writes one report while runs arrive: call `start` once, `run` for every run in order, and `end` once. Each returns
 * text in pieces, so 1,000,000 entries need not fit into one string. After a run is written, only counts are kept
 * (unless the documentation of a format states otherwise), so 1,000,000 CRLs need not fit into memory.
 */
export interface Renderer {
  start(): Iterable<string>;
  run(run: Run): Iterable<string>;
  end(): Iterable<string>;
}

/** Returns the renderer of a report in one format. */
export type MakeRenderer = (head: ReportHead, options: RenderOptions) => Renderer;

/** Returns all text of a report whose runs are complete. */
export function* renderAll(make: MakeRenderer, report: Report, options: RenderOptions): Iterable<string> {
  const renderer = make(report, options);
  yield* renderer.start();
  const { failOn, coreFailOn, skippedFailOn } = options;
  for (const run of report.runs) {
    yield* renderer.run(failOn === undefined ? run : withVerdict(run, { failOn, coreFailOn, skippedFailOn }));
  }
  yield* renderer.end();
}

/** Returns no text: the `start` of formats whose text begins with the first run. */
export function noStart(): Iterable<string> {
  return [];
}
