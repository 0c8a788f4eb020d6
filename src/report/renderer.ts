import type { Report, Run } from "../rule/report.ts";
import { type FailOn, withVerdict } from "../rule/verdict.ts";
import type { AnyRule } from "../rule/rule.ts";
import type { Style } from "./style.ts";

/** What a report says of a rule beside its id. */
export type RuleText = Pick<AnyRule, "id" | "title" | "why" | "fix" | "requirements">;

/** How a report is written. What the screen is like (width, colour) never reaches a machine format. */
export interface RenderOptions {
  /** Rules of the run: `sarif` describes them. Without it, it has only their ids. */
  readonly rules?: readonly RuleText[];
  /** The mildest severity that fails a run. Default `error`. */
  readonly failOn?: FailOn;
  /** The same for findings of core checks. Default: `failOn`. */
  readonly coreFailOn?: FailOn | undefined;
  /** Number of warnings above which the call fails. Default: no limit. */
  readonly maxWarnings?: number | undefined;
  /** Columns at hand for human text. Default 120. */
  readonly width?: number;
  /** Colours of human text. Default: none. */
  readonly color?: Style;
  /** Human text: findings only. */
  readonly quiet?: boolean;
  /** Human text: also how every rule ended, addresses of documents, and evidence. */
  readonly verbose?: boolean;
}

/** What a report says of itself, whatever was judged. */
export type ReportHead = Omit<Report, "runs">;

/**
 * Writes one report while it comes about: `start` once, `run` for every run in its order, `end` once. Each gives text
 * piece by piece, so that a million entries need not fit into one string; of a run that is written no more than counts
 * is kept, unless the format says otherwise, so that neither need a million CRLs.
 */
export interface Renderer {
  start(): Iterable<string>;
  run(run: Run): Iterable<string>;
  end(): Iterable<string>;
}

/** Begins a report in one format. */
export type MakeRenderer = (head: ReportHead, options: RenderOptions) => Renderer;

/** All text of a report whose runs are at hand. */
export function* renderAll(make: MakeRenderer, report: Report, options: RenderOptions): Iterable<string> {
  const renderer = make(report, options);
  yield* renderer.start();
  const { failOn, coreFailOn } = options;
  for (const run of report.runs) {
    yield* renderer.run(failOn === undefined ? run : withVerdict(run, { failOn, coreFailOn }));
  }
  yield* renderer.end();
}

/** For formats that begin with the first run. */
export function noStart(): Iterable<string> {
  return [];
}
