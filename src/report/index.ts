import type { Report } from "../lint/report.ts";
import { type Format, loadRenderer } from "./formats.ts";
import type { RenderOptions } from "./renderer.ts";

export { type Format, formats } from "./formats.ts";
export type { Renderer, RenderOptions } from "./renderer.ts";
export { noStyle, type Style } from "./style.ts";

/** Writes a report in one of the formats. The same report and options give the same text, always. */
export async function render(report: Report, format: Format, options: RenderOptions = {}): Promise<string> {
  const renderer = await loadRenderer(format);
  return [...renderer(report, options)].join("");
}
