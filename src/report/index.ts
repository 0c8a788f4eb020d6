import type { Report } from "../rule/report.ts";
import { type Format, loadRenderer } from "./formats.ts";
import { renderAll, type RenderOptions } from "./renderer.ts";

export { type Format, formats } from "./formats.ts";
export type { MakeRenderer, Renderer, RenderOptions, ReportHead } from "./renderer.ts";
export { noStyle, type Style } from "./style.ts";

/** Returns a report as text in one of the formats. The same report and options always give the same text. */
export async function render(report: Report, format: Format, options: RenderOptions = {}): Promise<string> {
  return [...renderAll(await loadRenderer(format), report, options)].join("");
}
