import type { Report, Severity } from "../lint/report.ts";
import type { AnyRule } from "../lint/rule.ts";
import type { Style } from "./style.ts";

/** What a report says of a rule beside its id. */
export type RuleText = Pick<AnyRule, "id" | "title" | "why" | "fix" | "requirements">;

/** How a report is written. What the screen is like (width, colour) never reaches a machine format. */
export interface RenderOptions {
  /** Rules of the run: `sarif` describes them. Without it, it has only their ids. */
  readonly rules?: readonly RuleText[];
  /** Lowest severity that makes the run fail: `junit` and `tap` call only those failures. Default `error`. */
  readonly failOn?: Severity | "never";
  /** Columns at hand for human text. Default 120. */
  readonly width?: number;
  /** Colours of human text. Default: none. */
  readonly color?: Style;
  /** Human text: findings only. */
  readonly quiet?: boolean;
  /** Human text: also how every rule ended, addresses of documents, and evidence. */
  readonly verbose?: boolean;
}

/** Writes a report piece by piece, so that a million entries need not fit into one string. */
export type Renderer = (report: Report, options: RenderOptions) => Iterable<string>;
