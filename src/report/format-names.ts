/** Names of all formats, the default first. */
export const formats = [
  "human",
  "compact",
  "json",
  "jsonl",
  "sarif",
  "sarif-github",
  "junit",
  "github",
  "gitlab",
  "markdown",
  "tap",
  "html",
] as const;

/** Name of a format. */
export type Format = (typeof formats)[number];
