import type { Report } from "../lint/report.ts";
import type { Style } from "./style.ts";

/** How a report is written. Machine formats take no notice of it. */
export interface RenderOptions {
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
