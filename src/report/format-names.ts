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

/** Names of the formats of a report that goes into a file: all formats, and a statement about what was linted. */
export const reportFormats = [...formats, "in-toto"] as const;

/** Name of a format of a report that goes into a file. */
export type ReportFormat = (typeof reportFormats)[number];
