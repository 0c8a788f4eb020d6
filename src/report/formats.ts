import type { ReportFormat } from "./format-names.ts";
import { renderHuman } from "./human.ts";
import type { MakeRenderer } from "./renderer.ts";

export { type Format, formats, type ReportFormat } from "./format-names.ts";

/** Loader of each format, by name. A format is loaded when it is needed; the default is always loaded. */
const loaders: Readonly<Record<ReportFormat, () => Promise<MakeRenderer>>> = {
  human: () => Promise.resolve(renderHuman),
  compact: async () => (await import("./compact.ts")).renderCompact,
  json: async () => (await import("./json.ts")).renderJson,
  jsonl: async () => (await import("./jsonl.ts")).renderJsonl,
  sarif: async () => (await import("./sarif.ts")).renderSarif,
  "sarif-github": async () => (await import("./sarif-github.ts")).renderSarifGithub,
  junit: async () => (await import("./junit.ts")).renderJunit,
  github: async () => (await import("./github.ts")).renderGithub,
  gitlab: async () => (await import("./gitlab.ts")).renderGitlab,
  markdown: async () => (await import("./markdown.ts")).renderMarkdown,
  tap: async () => (await import("./tap.ts")).renderTap,
  html: async () => (await import("./html.ts")).renderHtml,
  "in-toto": async () => (await import("./in-toto.ts")).renderInToto,
};

/** The formats that show more of a rule than its id, if the option `rules` is given. */
export const formatsWithRules: ReadonlySet<ReportFormat> = new Set<ReportFormat>([
  "sarif",
  "sarif-github",
  "html",
  "in-toto",
]);

/** The formats that show the SHA-256 of CRLs; human text shows it only if it is verbose. */
export const formatsWithDigests: ReadonlySet<ReportFormat> = new Set<ReportFormat>([
  "in-toto",
  "json",
  "jsonl",
  "sarif",
  "sarif-github",
  "junit",
  "html",
]);

/** Loads the renderer of a format. */
export function loadRenderer(format: ReportFormat): Promise<MakeRenderer> {
  return loaders[format]();
}
